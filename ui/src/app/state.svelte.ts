//! What is open, and the person's preferences.
import { setLanguage, t } from '@/i18n/index.svelte';
import { api, type AppState, type Preferences } from '@/ipc';
import { act, fail, say } from '@/notify/index.svelte';
import { forgetAll } from '@/query/index.svelte';
import { go } from '@/router/index.svelte';

let state = $state.raw<AppState | null>(null);

export const app = {
  get state(): AppState | null {
    return state;
  },
};

function take(next: AppState): AppState {
  const other = next.open?.path !== state?.open?.path;
  state = next;
  setLanguage(next.language);
  document.documentElement.dataset.appearance = next.appearance;
  if (other) forgetAll();
  void api.setTitle(next.open ? `${next.open.title} · Moisson` : 'Moisson').catch(() => undefined);
  return next;
}

export async function load(): Promise<void> {
  try {
    // A file named on the command line may have been refused: said on the welcome page.
    const { refused } = take(await api.appState());
    if (refused) fail(refused);
  } catch (thrown) {
    fail(thrown);
  }
}

/** Opens something and goes to Accueil. */
async function open(run: () => Promise<AppState>, created = false): Promise<void> {
  const next = await act(run);
  if (!next) return;
  take(next);
  go('accueil');
  if (next.open) say(t(created ? 'shell.created' : 'shell.opened', { title: next.open.title }));
}

const moisson = () => [{ name: t('shell.file.moisson'), extensions: ['moisson'] }];
const dossier = () => [{ name: t('shell.file.dossier'), extensions: ['dossier'] }];

export async function openFile(path?: string): Promise<void> {
  const chosen = path ?? (await api.chooseFile({ title: t('shell.file.open'), filters: moisson() }));
  if (chosen) await open(() => api.openProcess(chosen));
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
  if (target) await open(() => api.openDossierAsNew(target, chosen), true);
}

export const openDemo = (): Promise<void> => open(() => api.openDemo());
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
