//! What is open, and the person's preferences.
import { setLanguage, t } from '@/i18n/index.svelte';
import { api, type AppState, type Preferences, type ProtectionReport, type RecoveryReport } from '@/ipc';
import { act, dismissFailure, fail, notices, say } from '@/notify/index.svelte';
import { drafts } from '@/kit/drafts.svelte';
import { forgetAll } from '@/query/index.svelte';
import { go } from '@/router/index.svelte';
import { stem } from './backups';
import { sheets } from './sheets.svelte';

/** What asks for its passphrase, and how it is opened with it. */
interface Locked {
  kind: 'demarche' | 'dossier';
  file: string;
  open: (passphrase: string, keep: boolean) => Promise<AppState>;
}

let state = $state.raw<AppState | null>(null);
/** A file that could not be opened, and what it was to become. */
let damaged = $state.raw<string | null>(null);
let locked = $state.raw<Locked | null>(null);

export const app = {
  get state(): AppState | null {
    return state;
  },
  /** The file to recover: one that would not open, or the one that is open. */
  get damaged(): string | null {
    return damaged ?? state?.open?.path ?? null;
  },
  /** The démarche or dossier that asks for its passphrase. */
  get locked(): Locked | null {
    return locked;
  },
};

function take(next: AppState): AppState {
  const other = next.open?.path !== state?.open?.path;
  state = next;
  setLanguage(next.language);
  document.documentElement.dataset.appearance = next.appearance;
  if (other) forgetAll();
  drafts.play(next.rehearsal !== null);
  const title = next.open ? `${next.open.title} · Moisson` : 'Moisson';
  void api.setTitle(next.rehearsal ? t('rehearsal.window', { title }) : title).catch(() => undefined);
  return next;
}

export async function load(): Promise<void> {
  try {
    // A file named on the command line may have been refused: said on the welcome page.
    const { refused } = take(await api.appState());
    if (!refused) return;
    if (refused.error.code === 'locked') ask(refused.path);
    // A double click on a dossier: a démarche may begin with it.
    else if (refused.path.endsWith('.dossier')) await openFromDossier(refused.path);
    else {
      damaged = refused.path;
      fail(refused.error);
    }
  } catch (thrown) {
    fail(thrown);
  }
}

/** Opens something and goes to Accueil. */
async function open(run: () => Promise<AppState>, created = false): Promise<boolean> {
  const next = await act(run);
  if (!next) return false;
  damaged = null;
  take(next);
  go('accueil');
  if (next.open) say(t(created ? 'shell.created' : 'shell.opened', { title: next.open.title }));
  return true;
}

const moisson = () => [{ name: t('shell.file.moisson'), extensions: ['moisson'] }];
const dossier = () => [{ name: t('shell.file.dossier'), extensions: ['dossier'] }];

export async function openFile(path?: string): Promise<void> {
  const chosen = path ?? (await api.chooseFile({ title: t('shell.file.open'), filters: moisson() }));
  if (!chosen || (await open(() => api.openProcess(chosen)))) return;
  if (notices.failure?.code === 'damaged') damaged = chosen;
  if (notices.failure?.code === 'locked') ask(chosen);
}

/** Asks for the passphrase of a démarche. */
function ask(file: string): void {
  dismissFailure();
  locked = { kind: 'demarche', file, open: (passphrase, keep) => api.unlockProcess(file, passphrase, keep) };
  sheets.show('unlock');
}

/** Puts the open démarche under a passphrase, or takes it away; it is closed meanwhile. */
export async function protect(passphrase: string | null, keep: boolean): Promise<ProtectionReport> {
  const { state: next, report } = await api.protectProcess(passphrase, keep);
  take(next);
  return report;
}

export async function createFile(template: 'spie' | 'blank', title: string): Promise<boolean> {
  const name = t('shell.new.file', { title: title.replace(/[/\\:*?"<>|]/g, ' ') });
  const path = await api.chooseSave({ title: t('shell.file.new'), name, filters: moisson() });
  if (path) await open(() => api.createProcess(path, template, title), true);
  return path !== null;
}

export async function openFromDossier(path?: string): Promise<void> {
  const chosen = path ?? (await api.chooseFile({ title: t('shell.from.choose'), filters: dossier() }));
  if (!chosen) return;
  const name = t('shell.new.file', { title: t('shell.from.name') });
  const target = await api.chooseSave({ title: t('shell.from.save'), name, filters: moisson() });
  if (!target || (await open(() => api.openDossierAsNew(target, chosen, null), true)) || notices.failure?.code !== 'dossier_locked') return;
  dismissFailure();
  locked = { kind: 'dossier', file: chosen, open: (passphrase) => api.openDossierAsNew(target, chosen, passphrase) };
  sheets.show('unlock');
}

/** Opens what asked for its passphrase. */
export async function unlock(passphrase: string, keep: boolean): Promise<boolean> {
  const asked = locked;
  return asked !== null && (await open(() => asked.open(passphrase, keep), asked.kind === 'dossier'));
}

/** Copies the démarche to another place and goes on there, in the same place of the window. */
export async function goOnIn(): Promise<void> {
  const name = (state?.open?.path ?? '').split(/[/\\]/).at(-1) ?? '';
  const path = await api.chooseSave({ title: t('safety.elsewhere.choose'), name, filters: moisson() });
  const next = path ? await act(() => api.goOnIn(path)) : undefined;
  if (!next) return;
  take(next);
  say(t('safety.elsewhere.done', { path: path ?? '' }));
}

/** Makes a new file from a backup and opens it. */
export async function restore(backup: string): Promise<boolean> {
  const name = t('safety.backups.restored_name', { title: stem(app.damaged ?? backup) });
  const target = await api.chooseSave({ title: t('safety.backups.restore_title'), name, filters: moisson() });
  return target !== null && (await open(() => api.restoreBackup(backup, target)));
}

/** Makes a new file from what a damaged one still holds, and opens it. */
export async function recover(path: string): Promise<RecoveryReport | undefined> {
  const name = t('safety.damaged.name', { title: stem(path) });
  const target = await api.chooseSave({ title: t('safety.backups.restore_title'), name, filters: moisson() });
  if (!target) return undefined;
  let report: RecoveryReport | undefined;
  await open(async () => {
    const recovered = await api.recoverProcess(path, target);
    report = recovered.report;
    return recovered.state;
  });
  return report;
}

/** Plays an atelier with pretend participants, in a copy of the démarche. */
export async function startRehearsal(workshop: string, people: number): Promise<void> {
  const next = await act(() => api.startRehearsal(workshop, people));
  if (!next) return;
  take(next);
  say(t('rehearsal.started'));
}

export async function pauseRehearsal(paused: boolean): Promise<void> {
  const next = await act(() => api.pauseRehearsal(paused));
  if (next) take(next);
}

/** Throws the copy away: the démarche is as it was. */
export async function endRehearsal(): Promise<void> {
  const next = await act(() => api.endRehearsal());
  if (!next) return;
  take(next);
  say(t('rehearsal.ended'));
}

/** Writes a file to send with a question, and shows it: whoever sends it reads it first. */
export async function writeDiagnostic(): Promise<void> {
  const path = await api.chooseSave({ title: t('shell.diagnostic'), name: 'moisson-diagnostic.json', filters: [{ name: 'JSON', extensions: ['json'] }] });
  if (!path) return;
  await act(async () => {
    await api.writeDiagnostic(path);
    await api.revealPath(path);
  }, t('shell.diagnostic.written'));
}

export const openDemo = (): Promise<boolean> => open(() => api.openDemo());
export const closeFile = async (): Promise<void> => {
  const next = await act(() => api.closeProcess());
  if (next) take(next);
};

export async function savePreferences(preferences: Preferences): Promise<void> {
  const next = await act(() => api.setPreferences(preferences));
  if (!next) return;
  take(next);
  say(t('shell.preferences.saved'));
}
