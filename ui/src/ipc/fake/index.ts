//! An in-memory stand-in for Rust, for component tests and for looking at pages in a plain browser. It keeps no rule to the letter.
import type { Api, CommandApi, DropEvent, HostApi, Preferences } from '../api';
import type { AppState } from '../bindings';
import { documentCommands, documentNames, documentOffers } from './documents';
import { consolidateCommands } from './consolidate';
import { decidingCommands } from './deciding';
import { entityCommands, subject } from './entities';
import { meetingCommands } from './meeting';
import { formCommands } from './forms';
import { conflictViews, importReport, mergeReport, settle } from './merge';
import { actionView, consolidation, planChecks, planView } from './plan';
import { ballotView, board, projectorView, sceneNamed, type Wall } from './room';
import { FakePhones } from './phones';
import { regionCommands } from './region';
import { runningCommands } from './running';
import { safetyCommands } from './safety';
import { sampleResult } from './results';
import { saidCommands } from './said';
import { planHistory, tracking } from './tracking';
import { day, fill } from './sample';
import { Store } from './store';
import { home } from './views';
import { votingCommands } from './voting';
import { preparation } from './rows';

export interface FakeOptions {
  /** Whether the sample démarche is open at once. */
  open?: boolean;
  /** Whether nobody ever opened anything on this laptop, which has no name. */
  first?: boolean;
  language?: Preferences['language'];
  /** What the wall shows from the start. */
  wall?: string | null;
}

export interface FakeApi extends Api {
  /** What tests look at or bring about. */
  readonly fake: { store: Store; phones: FakePhones; drop(event: DropEvent): void };
}

export function fakeApi(options: FakeOptions = {}): FakeApi {
  const store = new Store();
  let preferences: Preferences = { language: options.language ?? 'fr', appearance: 'auto', laptop: options.first ? '' : 'Portable du Département', backups: null };
  let path: string | null = null;
  let wall: Wall & { open: boolean } = { scene: { show: 'black' }, dark: false, held: null, timer: { ends_at: null, left: null, total: 0 }, open: false };
  const phones = new FakePhones(store);
  /** The pretend rehearsal, and what is there again once it ends. */
  let rehearsal: { view: NonNullable<AppState['rehearsal']>; path: string | null; entities: typeof store.entities } | null = null;
  const drops = new Set<(event: DropEvent) => void>();

  function start(at: string, demo: boolean, title: string | null = null): AppState {
    path = at;
    store.entities = [];
    store.done = [];
    store.undone = [];
    if (demo) fill(store);
    else store.add('process', { title: title ?? 'Démarche' }, 'process');
    return state();
  }

  const state = (): AppState => ({
    version: '0.1.0', refused: null, ...preferences, projector: wall.open, rehearsal: rehearsal?.view ?? null, open: path ? { path, documents: path.replace(/[^/]*$/, 'documents'), title: store.text('process', 'title') } : null,
    recent: options.first ? [] : [{ path: '/home/animatrice/Documents/SPIE du Doubs.moisson', title: 'SPIE du Doubs', opened_at: Date.now() - 86_400_000 }],
  });

  let guard = { protected: false, remembered: false };

  function wallChanges(change: Partial<typeof wall>): void {
    wall = { ...wall, ...change };
    store.changed(['projector']);
  }

  const commands: CommandApi = {
    ...saidCommands(store),
    ...consolidateCommands(store),
    ...decidingCommands(store),
    ...documentCommands(store),
    ...formCommands(store),
    ...entityCommands(store),
    ...votingCommands(store),
    ...runningCommands(store, phones),
    ...safetyCommands(store),
    appState: async () => state(),
    setPreferences: async (next) => {
      preferences = next;
      return state();
    },
    createProcess: async (at, template, title) => {
      start(at, template === 'spie', title);
      if (title) store.get('process').fields.title = title;
      return state();
    },
    openProcess: async (at) => start(at, true),
    goOnIn: async (at) => {
      path = at;
      return state();
    },
    unlockProcess: async (at, _passphrase, keep) => {
      guard = { protected: true, remembered: keep };
      return start(at, true);
    },
    protection: async () => guard,
    protectProcess: async (passphrase, keep) => {
      guard = { protected: passphrase !== null, remembered: passphrase !== null && keep };
      return { state: state(), report: { copies: 2, left: [] } };
    },
    forgetPassphrase: async () => {
      guard = { ...guard, remembered: false };
      return null;
    },
    closeProcess: async () => {
      path = null;
      return state();
    },
    openDossierAsNew: async (at) => start(at, true),
    openDemo: async () => start('/demo.moisson', true),

    home: async () => home(store),
    outline: async () => home(store),
    preparation: async () => preparation(store),
    board: async (workshop) => board(store, workshop),
    ballot: async (id) => ballotView(store, sampleResult(store, id) ?? id),
    projector: async () => ({ ...projectorView(store, wall), rehearsal: rehearsal !== null, join: wall.scene.show === 'join' ? phones.join : null }),
    conflicts: async () => conflictViews(store),
    consolidation: async (filter) => consolidation(store, filter),
    plan: async () => planView(store),
    tracking: async () => tracking(store),
    planHistory: async (asked) => planHistory(store, asked),
    adoptPlan: async (label) => store.act('plan.adopt', label, 1, () => store.add('plan_version', { label, adopted_on: day(0), at: store.done.length })),
    amendPlan: async (reason) => store.act('plan.amend', reason, 1, () => store.add('note', { about: store.list('plan_version').at(-1)?.id ?? null, kind: 'amendment', text: reason })),
    planChecks: async () => planChecks(store),
    action: async (id) => actionView(store, id),
    history: async () => ({ undo: store.done.at(-1)?.row ?? null, redo: store.undone.at(-1)?.row ?? null, acts: store.done.map((act) => act.row).reverse().slice(0, 20) }),

    draftAction: async (cluster, objective) =>
      store.act('action.draft', subject(store, cluster), 1, () => store.add('action', { title: subject(store, cluster), objective, clusters: [cluster], leads: [], partners: [], themes: [], territories: [], findings: [], status: 'to_discuss' })),
    draftPlan: async () => {
      const clusters = planView(store).clusters;
      store.act('plan.draft', '', clusters.length, () => clusters.forEach((one) => store.add('action', { title: one.name, objective: 'ob-1', clusters: [one.id], leads: [], partners: [], themes: [], territories: [], findings: [], status: 'to_discuss' })));
      return { actions: clusters.length, clusters: 0, proposals: clusters.reduce((sum, one) => sum + one.proposals, 0) };
    },
    settle: async (entity, field, settlement) => {
      settle(store, entity, field, settlement);
      return null;
    },
    undo: async () => ({ act: store.back(), restored: 1, kept: [] }),
    redo: async () => ({ act: store.again(), restored: 1, kept: [] }),

    importPreview: async (kind) => importReport(kind),
    importFile: async (kind) => {
      const report = importReport(kind);
      const entity = kind.slice(0, -1);
      store.act(`import.${entity}`, '', report.created, () => report.sample.forEach((text) => store.add(entity, { text, name: text, code: text, workshop: 'w-7' })));
      return report;
    },
    exportDossier: async (at, { workshops: list }) => ({ path: at, changes: list.length === 0 ? 1204 : 214, withheld: list.length === 0 ? 0 : 31, bytes: 48_213 }),
    previewMerge: async (paths) => mergeReport(paths),
    merge: async (paths) => {
      const report = mergeReport(paths);
      store.changed();
      return report;
    },
    cancelMerge: async () => undefined,
    missingDossiers: async () => [],
    ...meetingCommands(store),
    ...regionCommands(),
    settleAll: async (rule) => {
      const all = conflictViews(store);
      if (rule === 'merged') return [0, all.length];
      for (const one of all) settle(store, one.entity, one.field, { how: 'keep', change: one.versions[0]?.change ?? '' });
      return [all.length, 0];
    },
    restoreBackup: async (_backup, at) => start(at, true),
    recoverProcess: async (_damaged, at) => ({ state: start(at, true), report: { path: at, backup: null, found: 1204, not_in_backup: 3, spoiled: 2, waiting: 0 } }),
    documentOffers: async () => documentOffers,
    exportDocuments: async (document, _workshop, formats, folder) => {
      await new Promise((later) => setTimeout(later, 300));
      return { files: formats.map((format, index) => ({ path: `${folder}/${documentNames[document]}.${format}`, format, bytes: 61_000 * (index + 1), ms: 21 * (index + 1) })), notices: [] };
    },
    writeDiagnostic: async () => null,
    renewPage: async () => undefined,
    openPath: async () => null,
    revealPath: async () => null,

    phones: async () => phones.view((workshop) => board(store, workshop).ballots),
    openPhones: async (options) => {
      phones.open(options);
      return null;
    },
    closePhones: async () => phones.close(),
    setPhones: async (sharing, moderated) => {
      phones.set(sharing, moderated);
      return null;
    },
    moderatePhone: async (key, accept) => {
      const text = phones.judge(key);
      if (accept) store.act('proposal.capture', text, 1, () => store.add('proposal', { workshop: 'w-7', text, origin: 'phone', noted_at: Date.now() }));
      return null;
    },
    silencePhone: async (tag, silenced) => {
      phones.silence(tag, silenced);
      return null;
    },
    // An odd factor visits each of the 16⁶ cards once.
    drawCards: async (_ballot, count) => Array.from({ length: count }, (_, i) => Array.from({ length: 6 }, (_c, n) => 'BCDFGHJKMNPRTVWX'[(((i * 10_368_889 + 4_242) % 16 ** 6) >> (4 * n)) & 15]).join('')),

    startRehearsal: async (workshop, people) => {
      phones.close();
      rehearsal = { view: { workshop, people, paused: false }, path, entities: store.entities };
      store.entities = structuredClone(store.entities);
      path = '/home/animatrice/.local/share/repetitions/repetition.moisson';
      store.changed();
      return state();
    },
    pauseRehearsal: async (paused) => {
      if (rehearsal) rehearsal.view = { ...rehearsal.view, paused };
      return state();
    },
    endRehearsal: async () => {
      if (rehearsal) {
        ({ path } = rehearsal);
        store.entities = rehearsal.entities;
        rehearsal = null;
        phones.close();
        store.changed();
      }
      return state();
    },

    openProjector: async () => {
      wallChanges({ open: true });
      return null;
    },
    closeProjector: async () => wallChanges({ open: false }),
    project: async (scene) => wallChanges(scene.show === 'black' ? { dark: true, held: null } : { scene, dark: false, held: null }),
    darkenProjector: async () => wallChanges({ dark: !wall.dark }),
    freezeProjector: async (frozen) => {
      wallChanges({ held: frozen ? projectorView(store, wall) : null });
      return null;
    },
    setTimer: async (minutes) => wallChanges({ timer: minutes === null ? { ends_at: null, left: null, total: 0 } : { ends_at: Date.now() + minutes * 60_000, left: null, total: minutes * 60_000 } }),
    pauseTimer: async () => {
      const { ends_at, left, total } = wall.timer;
      return wallChanges({ timer: ends_at === null ? { ends_at: Date.now() + (left ?? 0), left: null, total } : { ends_at: null, left: ends_at - Date.now(), total } });
    },
    runTimer: async (ends_at, total) => wallChanges({ timer: { ends_at, left: null, total: total ?? 0 } }),

    extendTimer: async (minutes) => {
      const { ends_at, left, total } = wall.timer;
      const more = minutes * 60_000;
      return wallChanges({ timer: { ends_at: ends_at === null ? null : ends_at + more, left: left === null ? null : left + more, total: total + more } });
    },
  };

  const host: HostApi = {
    onChanged: (listener) => store.listen(listener),
    onMergeProgress: () => () => undefined,
    onMeetingProgress: () => () => undefined,
    onRegionProgress: () => () => undefined,
    onWarned: () => () => undefined,
    onDrop: (listener) => {
      drops.add(listener);
      return () => drops.delete(listener);
    },
    chooseFile: async ({ filters }) => {
      const taken = (extension: string) => filters?.some((one) => one.extensions.includes(extension)) ?? false;
      if (taken('jpg')) return '/home/animatrice/paperboard.jpg';
      return taken('docx') ? '/home/animatrice/fiche-1-1-1.docx' : '/home/animatrice/propositions.csv';
    },
    chooseFiles: async () => ['/media/usb/atelier-5-sante.dossier', '/media/usb/atelier-3-mobilite.dossier'],
    chooseFolder: async () => '/home/animatrice/Documents',
    chooseSave: async ({ name: called }) => `/home/animatrice/${called}`,
    setTitle: async (title) => void (document.title = title),
    awaited: () => 0,
  };

  if (options.open ?? true) start('/home/animatrice/Documents/SPIE du Doubs.moisson', true);
  if (options.wall) {
    const result = sampleResult(store, `v-${options.wall}`);
    wall.scene = result ? { show: 'ballot', ballot: result } : sceneNamed(options.wall);
    if (options.wall === 'join') phones.open({ workshop: 'w-7', address: '192.168.1.20', wifi: 'Salle des fêtes', wifi_key: '', renew: false });
  }
  return { ...commands, ...host, fake: { store, phones, drop: (event) => drops.forEach((listener) => listener(event)) } };
}
