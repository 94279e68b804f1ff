//! An in-memory stand-in for Rust, for component tests and for looking at pages in a plain browser. It keeps no rule to the letter.
import type { Api, CommandApi, DropEvent, HostApi, Preferences } from '../api';
import type { AppState, Ballot, Hit } from '../bindings';
import { documentCommands, documentNames, documentOffers } from './documents';
import { library, stepFields, templateSteps } from './library';
import { consolidateCommands } from './consolidate';
import { decidingCommands } from './deciding';
import { meetingCommands } from './meeting';
import { formCommands } from './forms';
import { conflictViews, importReport, mergeReport, settle } from './merge';
import { actionView, consolidation, fold, planChecks, planView } from './plan';
import { ballotView, board, count, projectorView, sceneNamed, type Wall } from './room';
import { FakePhones } from './phones';
import { regionCommands } from './region';
import { sampleResult } from './results';
import { saidCommands } from './said';
import { planHistory, tracking } from './tracking';
import { day, fill } from './sample';
import { addAttendee, agenda, attendance, closing, countAttendance, markAttendance, previous, replaceSteps } from './seance';
import { failure, Store } from './store';
import { home } from './views';
import { name, preparation } from './rows';

/** How links of the real thing are kept on the fake's entities. */
const linkFields: Record<string, string> = { territory: 'territories', lead: 'leads', partner: 'partners', theme: 'themes', finding: 'findings', cluster: 'clusters', preceding: 'precedings', related: 'relateds' };
const parents = ['workshop', 'ballot', 'action', 'parent', 'about'];

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
  readonly fake: { store: Store; drop(event: DropEvent): void };
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

  function wallChanges(change: Partial<typeof wall>): void {
    wall = { ...wall, ...change };
    store.changed(['projector']);
  }

  function put(kind: 'group' | 'cluster', proposals: string[], target: { to: string; id?: string; name?: string }): string | null {
    return store.act(`${kind}.${target.to === 'none' ? 'release' : 'put'}`, name(store.get(proposals[0] ?? '').fields.text), proposals.length, () => {
      let into = target.id ?? null;
      const workshop = store.get(proposals[0] ?? '').fields.workshop ?? null;
      if (target.to === 'new') into = store.add(kind, kind === 'group' ? { name: target.name ?? '', workshop } : { name: target.name ?? '', theme: store.get(name(workshop)).fields.theme ?? null });
      for (const id of proposals) store.get(id).fields[kind] = into;
      return into;
    });
  }

  const subject = (id: string): string => {
    const f = store.get(id).fields;
    return name(f.title) || name(f.name) || name(f.text) || name(f.code) || name(f.question) || name(f.what);
  };

  function remove(id: string): void {
    store.entities.filter((one) => parents.some((field) => one.fields[field] === id) && one.id !== id).forEach((child) => remove(child.id));
    for (const one of store.entities) for (const field of ['group', 'cluster', 'theme', 'objective']) if (one.fields[field] === id) one.fields[field] = null;
    store.entities = store.entities.filter((one) => one.id !== id);
  }

  const entered = (ballot: string) => (store.get(ballot).fields.entered ?? []) as { key: string; bulletin: Ballot }[];

  const commands: CommandApi = {
    ...saidCommands(store),
    ...consolidateCommands(store),
    ...decidingCommands(store),
    ...documentCommands(store),
    ...formCommands(store),
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
    closeProcess: async () => {
      path = null;
      return state();
    },
    openDossierAsNew: async (at) => start(at, true),
    openDemo: async () => start('/demo.moisson', true),

    home: async () => home(store),
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
    search: async (query, limit) => {
      const words = fold(query).split(/\s+/).filter(Boolean);
      const hits = ['workshop', 'action', 'cluster', 'group', 'proposal', 'finding'].flatMap((kind) =>
        store.list(kind).map((one): Hit => ({ id: one.id, kind, text: subject(one.id), context: kind === 'workshop' ? '' : store.text(one.fields.workshop, 'title'), workshop: kind === 'workshop' ? one.id : name(one.fields.workshop) || null })),
      );
      return hits.filter((hit) => words.length > 0 && words.every((word) => fold(hit.text).includes(word))).slice(0, limit);
    },

    create: async (kind, fields, before) => {
      const id = store.newId(kind);
      store.act(`${kind}.create`, name(fields.title ?? fields.name ?? fields.text ?? fields.code ?? null), 1, () => {
        store.add(kind, { ...fields }, id);
        if (before) store.move(id, before);
      });
      return id;
    },
    edit: async (id, fields) => {
      store.act(`${store.get(id).kind}.edit`, subject(id), 1, () => Object.assign(store.get(id).fields, fields));
      return null;
    },
    remove: async (list) => {
      store.act(list.length === 1 ? `${store.get(list[0] ?? '').kind}.delete` : 'entities.delete', subject(list[0] ?? ''), list.length, () => list.forEach(remove));
      return null;
    },
    reorder: async (id, before) => {
      store.act(`${store.get(id).kind}.reorder`, subject(id), 1, () => store.move(id, before));
      return null;
    },
    setLinks: async (from, kind, to) => {
      store.act(`${store.get(from).kind}.link`, subject(from), 1, () => (store.get(from).fields[linkFields[kind] ?? kind] = to));
      return null;
    },
    capture: async (workshop, capture) => {
      const lines = (capture.text ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
      if (lines.length === 0) throw failure('nothing_to_note', 'Il n’y a rien à noter.');
      return store.act('proposal.capture', lines[0] ?? '', lines.length, () =>
        lines.map((text) => store.add('proposal', { workshop, text, table: capture.table ?? null, organisation: capture.organisation ?? null, finding: capture.finding ?? null, theme: capture.theme ?? null, group: capture.group ?? null, origin: capture.origin ?? 'keyboard', noted_at: Date.now() })),
      );
    },
    group: async (proposals, target) => put('group', proposals, target),
    cluster: async (proposals, target) => put('cluster', proposals, target),
    newBallot: async (ballot) =>
      store.act('ballot.open', ballot.question, 1, () => {
        const id = store.add('ballot', { workshop: ballot.workshop, question: ballot.question, method: ballot.method, state: 'open', secret: ballot.secret, settings: { ...ballot.settings }, present_count: ballot.present_count, entered: [], outcome: null });
        ballot.about.forEach((about) => store.add('option', { ballot: id, label: subject(about), about }));
        return id;
      }),
    castBallot: async (ballot, bulletin) => {
      const key = crypto.randomUUID();
      store.get(ballot).fields.entered = [...entered(ballot), { key, bulletin: bulletin as never }] as never;
      store.changed(['ballot', 'board']);
      return key;
    },
    withdrawBallot: async (ballot, key) => {
      store.get(ballot).fields.entered = entered(ballot).filter((one) => one.key !== key) as never;
      store.changed(['ballot', 'board']);
      return null;
    },
    closeBallot: async (id) => {
      store.act('ballot.close', subject(id), 1, () => Object.assign(store.get(id).fields, { outcome: count(ballotView(store, id)), state: 'closed' }));
      return null;
    },
    extendBallot: async (id, minutes) => {
      const settings = { ...(store.get(id).fields.settings as object), closes_at: minutes > 0 ? Date.now() + minutes * 60_000 : null };
      store.act('ballot.extend', subject(id), 1, () => Object.assign(store.get(id).fields, { settings }));
      return null;
    },
    settleLate: async (ballot, urn) => {
      const { odd } = ballotView(store, ballot);
      store.act('ballot.late', subject(ballot), 1, () => Object.assign(store.get(ballot).fields, { odd: { ...odd, urns: odd.urns.filter((one) => one.id !== urn), questions: odd.questions - 1 } }));
      return null;
    },
    noteRefused: async (ballot) => {
      const { odd } = ballotView(store, ballot);
      store.act('ballot.refused', subject(ballot), 1, () => Object.assign(store.get(ballot).fields, { odd: { ...odd, late_asked: false, questions: odd.questions - 1 } }));
      return null;
    },
    askAgain: async (id) =>
      store.act('ballot.again', subject(id), 1, () => {
        const first = store.get(id).fields;
        const next = store.add('ballot', { ...first, round_of: id, state: 'open', entered: [], outcome: null });
        ballotView(store, id).options.forEach((option) => store.add('option', { ballot: next, label: option.label, about: option.about }));
        return next;
      }),
    recount: async (id, method) => ({ ...count({ ...ballotView(store, id) }), method: method === 'unknown' ? 'dots' : method }),
    slices: async (id) => ({ slices: [{ label: 'paper', bulletins: ballotView(store, id).bulletins, outcome: ballotView(store, id).outcome }], divided: [] }),
    draftAction: async (cluster, objective) =>
      store.act('action.draft', subject(cluster), 1, () => store.add('action', { title: subject(cluster), objective, clusters: [cluster], leads: [], partners: [], themes: [], territories: [], findings: [], status: 'to_discuss' })),
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
    backUp: async () => ({ path: '/home/animatrice/Documents/sauvegardes/SPIE du Doubs 2022-07-05 14h32 07.moisson', changes: 1204, removed: [] }),
    backups: async () => [{ path: '/home/animatrice/Documents/sauvegardes/SPIE du Doubs 2022-07-05 14h32 07.moisson', made: '2022-07-05 14h32 07', bytes: 2_400_000 }],
    backupsOf: async () => [{ path: '/home/animatrice/Documents/sauvegardes/SPIE du Doubs 2022-07-05 14h32 07.moisson', made: '2022-07-05 14h32 07', bytes: 2_400_000 }],
    restoreBackup: async (_backup, at) => start(at, true),
    recoverProcess: async (_damaged, at) => ({ state: start(at, true), report: { path: at, backup: null, found: 1204, not_in_backup: 3, spoiled: 2, waiting: 0 } }),
    changes: async (entity) =>
      store.done
        .map((act) => act.row)
        .reverse()
        .filter((row) => entity === null || row.subject === subject(entity))
        .map((row) => ({ id: row.id, entity: entity ?? 'process', kind: 'proposal', understood: true, title: row.subject, label: row.label, at: row.at, author: row.author, replica: row.replica, withheld: false, fields: [{ field: 'text', before: '', after: row.subject, redacted: false, redactable: true }] })),
    exportHistory: async () => store.done.length,
    redact: async (entity, field) => {
      store.act('redact', subject(entity), 1, () => (store.get(entity).fields[field] = '[passage retiré]'));
      return { changes: 1, copies: [] };
    },
    quotes: async (participant) => {
      const quoted = name(store.get(participant).fields.name);
      return store.list('proposal').flatMap((one) => (quoted !== '' && name(one.fields.text).includes(quoted) ? [{ entity: one.id, kind: 'proposal', field: 'text', title: subject(one.id), text: name(one.fields.text), after: name(one.fields.text).replace(quoted, subject(participant)) }] : []));
    },
    forget: async (participant, confirmed) => {
      store.act('participant.forget', subject(participant), 1, () => Object.assign(store.get(participant).fields, { name: null, email: null, forgotten: true }));
      return { participant, redacted: confirmed.length, left: [], copies: [] };
    },
    forgetEveryone: async () => {
      const named = store.list('participant').filter((one) => one.fields.name || one.fields.email);
      store.act('participant.forget', '', named.length, () => named.forEach((one) => Object.assign(one.fields, { name: null, email: null, forgotten: true })));
      return { people: named.length, quotes: 0, copies: [] };
    },
    givePerson: async (participant, folder) => ({ files: ['pdf', 'json'].map((format) => ({ path: `${folder}/donnees-de-${subject(participant)}.${format}`, format, bytes: 21_000, ms: 12 })), notices: [] }),
    setPerson: async (participant, key, value) => {
      store.act('participant.edit', subject(participant), 1, () => (store.get(participant).fields[key] = value || null));
      return null;
    },
    documentOffers: async () => documentOffers,
    exportDocuments: async (document, _workshop, formats, folder) => {
      await new Promise((later) => setTimeout(later, 300));
      return { files: formats.map((format, index) => ({ path: `${folder}/${documentNames[document]}.${format}`, format, bytes: 61_000 * (index + 1), ms: 21 * (index + 1) })), notices: [] };
    },
    writeDiagnostic: async () => null,
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

    methods: async () => library(),
    agenda: async (workshop) => agenda(store, workshop),
    previous: async (workshop) => previous(store, workshop),
    addMethod: async (workshop, method, people, before) => {
      const id = store.newId('step');
      store.act('step.create', name(stepFields(method, null, people).title), 1, () => {
        store.add('step', { ...stepFields(method, null, people), workshop }, id);
        if (before) store.move(id, before);
      });
      return id;
    },
    applyAgenda: async (workshop, template, { people, minutes }) => store.act('agenda.template', '', 1, () => replaceSteps(store, workshop, templateSteps(template, people ?? null, minutes ?? null))),
    copyAgenda: async (workshop, from) =>
      store.act('agenda.copy', '', 1, () => replaceSteps(store, workshop, store.list('step').filter((one) => one.fields.workshop === from).map((one) => ({ ...one.fields, started_at: null, ended_at: null, planned: null })))),
    stretchSteps: async (lengths) => {
      store.act(lengths.length > 1 ? 'agenda.catch_up' : 'step.stretch', subject(lengths[0]?.step ?? ''), lengths.length, () => {
        for (const { step, minutes } of lengths) {
          const { fields } = store.get(step);
          const running = store.text(fields.workshop, 'state') === 'running';
          Object.assign(fields, { planned: running ? (fields.planned ?? fields.minutes ?? 0) : null, minutes });
        }
      });
      return null;
    },
    startStep: async (id) => {
      store.act('step.start', subject(id), 1, () => {
        const { workshop } = store.get(id).fields;
        for (const one of store.list('step')) if (one.fields.workshop === workshop && one.fields.started_at && !one.fields.ended_at) one.fields.ended_at = Date.now();
        Object.assign(store.get(id).fields, { started_at: Date.now(), ended_at: null });
        if (store.text(workshop, 'state') === 'planned') store.get(name(workshop)).fields.state = 'running';
      });
      return null;
    },
    endStep: async (id) => {
      store.act('step.end', subject(id), 1, () => (store.get(id).fields.ended_at = Date.now()));
      return null;
    },
    attendance: async (workshop) => attendance(store, workshop),
    markAttendance: async (workshop, participant, mark) => {
      store.act('attendance.mark', '', 1, () => markAttendance(store, workshop, participant, mark));
      return null;
    },
    countAttendance: async (workshop, organisation, remote, count) => {
      store.act('attendance.count', '', 1, () => countAttendance(store, workshop, organisation, remote, count));
      return null;
    },
    addAttendee: async (workshop, attendee) => store.act('attendance.add', '', 1, () => addAttendee(store, workshop, attendee)),
    sign: async (workshop, participant, strokes) => {
      const drawn = strokes?.map((stroke) => stroke.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')).join('') ?? null;
      store.get(participant).fields[`signature ${workshop}`] = drawn;
      if (drawn) store.act('attendance.mark', '', 1, () => markAttendance(store, workshop, participant, 'present'));
      store.changed(['attendance']);
      return null;
    },
    signature: async (workshop, participant) => name(store.get(participant).fields[`signature ${workshop}`] ?? null) || null,
    closing: async (workshop) => closing(store, workshop),
    closeWorkshop: async (workshop) => {
      store.act('workshop.close', subject(workshop), 1, () => {
        const { fields } = store.get(workshop);
        Object.assign(fields, { state: 'closed', minutes_state: fields.minutes_state ?? 'draft' });
        for (const one of store.list('step')) if (one.fields.workshop === workshop && one.fields.started_at && !one.fields.ended_at) one.fields.ended_at = Date.now();
      });
      const open = phones.join !== null;
      phones.close();
      return open;
    },
    rate: async (workshop, value) => {
      store.act('rating.give', '', 1, () => store.add('rating', { workshop, value }));
      return null;
    },
    unrate: async (workshop, value) => {
      const last = store.list('rating').findLast((one) => one.fields.workshop === workshop && one.fields.value === value);
      store.act('rating.take_back', '', 1, () => (store.entities = store.entities.filter((one) => one !== last)));
      return null;
    },
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
  };

  if (options.open ?? true) start('/home/animatrice/Documents/SPIE du Doubs.moisson', true);
  if (options.wall) {
    const result = sampleResult(store, `v-${options.wall}`);
    wall.scene = result ? { show: 'ballot', ballot: result } : sceneNamed(options.wall);
    if (options.wall === 'join') phones.open({ workshop: 'w-7', address: '192.168.1.20', wifi: 'Salle des fêtes', wifi_key: '', renew: false });
  }
  return { ...commands, ...host, fake: { store, drop: (event) => drops.forEach((listener) => listener(event)) } };
}
