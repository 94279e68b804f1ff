//! The one cache of the window: each view under its name and arguments, refetched when Rust says it changed.
import { api, isAppError, type AmendmentFilter, type AppError, type DocumentKind, type OutcomeFilter, type ProposalFilter, type SuggestionFilter, type View } from '@/ipc';
import { createSubscriber } from 'svelte/reactivity';

/** What can be read, by name. */
const loaders = {
  home: () => api.home(),
  outline: () => api.outline(),
  preparation: () => api.preparation(),
  board: (workshop: string) => api.board(workshop),
  ballot: (id: string) => api.ballot(id),
  projector: () => api.projector(),
  phones: () => api.phones(),
  conflicts: () => api.conflicts(),
  meetings: () => api.meetings(),
  laptops: () => api.laptops(),
  consolidation: (filter: ProposalFilter) => api.consolidation(filter),
  suggestions: (filter: SuggestionFilter) => api.suggestions(filter),
  arbitration: () => api.arbitration(),
  outcomes: (filter: OutcomeFilter) => api.outcomes(filter),
  followup: (workshop: string) => api.followup(workshop),
  partners: () => api.partners(),
  commitments: (organisation: string) => api.commitments(organisation),
  checks: () => api.planChecks(),
  tracking: () => api.tracking(),
  versions: (asked: AmendmentFilter) => api.planHistory(asked),
  plan: () => api.plan(),
  action: (id: string) => api.action(id),
  form: (path: string, expected: string | null) => api.readForm(path, expected),
  missing: () => api.missingDossiers(),
  history: () => api.history(),
  changes: (entity: string | null, most: number) => api.changes(entity, 0, most),
  methods: () => api.methods(),
  agenda: (workshop: string) => api.agenda(workshop),
  attendance: (workshop: string) => api.attendance(workshop),
  closing: (workshop: string) => api.closing(workshop),
  previous: (workshop: string) => api.previous(workshop),
  charter: () => api.charter(),
  preview: (document: DocumentKind, workshop: string | null, action: string | null) => api.previewDocument(document, workshop, action),
};

type Loaders = typeof loaders;
export type QueryName = keyof Loaders;
type DataOf<Name extends QueryName> = Awaited<ReturnType<Loaders[Name]>>;

/** The view of Rust that a query depends on, where it has another name. */
const others = { outline: 'home', action: 'plan', form: 'plan', laptops: 'meetings', changes: 'history', missing: 'home', methods: 'home', suggestions: 'consolidation', checks: 'plan', tracking: 'plan', versions: 'plan', followup: 'outcomes', partners: 'outcomes', commitments: 'outcomes', preview: 'plan' } as const satisfies Partial<Record<QueryName, View>>;
const viewOf = (name: QueryName): View => (name in others ? others[name as keyof typeof others] : (name as Exclude<QueryName, keyof typeof others>));

/** A read: its latest data (kept while it is read again), its error, whether it is under way. */
export interface Query<T> {
  readonly data: T | undefined;
  readonly error: AppError | undefined;
  readonly loading: boolean;
  refresh(): Promise<void>;
}

/** How many views that are no longer on screen keep their data; a word looked for letter by letter leaves one for each letter. */
const KEPT = 40;
/** The views that are not on screen and keep their data, longest ago first. */
const resting = new Set<Entry>();

class Entry implements Query<unknown> {
  #data = $state.raw<unknown>();
  #error = $state.raw<AppError>();
  #loading = $state(false);
  #stale = true;
  #readers = 0;
  #running: Promise<void> | null = null;
  #subscribe: () => void;

  constructor(
    readonly view: View,
    readonly load: () => Promise<unknown>,
  ) {
    this.#subscribe = createSubscriber(() => {
      this.#readers += 1;
      resting.delete(this);
      if (this.#stale) queueMicrotask(() => void this.refresh());
      return () => {
        this.#readers -= 1;
        this.#rest();
      };
    });
  }

  get data() {
    this.#subscribe();
    return this.#data;
  }

  get error() {
    this.#subscribe();
    return this.#error;
  }

  get loading() {
    this.#subscribe();
    return this.#loading;
  }

  /** Says that the data is no longer the latest; read again at once if someone is looking. */
  invalidate(): void {
    this.#stale = true;
    if (this.#readers > 0) void this.refresh();
  }

  forget(): void {
    this.#data = undefined;
    this.#error = undefined;
    this.invalidate();
  }

  #rest(): void {
    resting.add(this);
    for (const longest of resting) {
      if (resting.size <= KEPT) return;
      resting.delete(longest);
      longest.forget();
    }
  }

  /** Reads again; a change that arrives meanwhile makes it read once more, so that the last answer is the last state. */
  refresh(): Promise<void> {
    this.#stale = true;
    this.#running ??= this.#read().finally(() => (this.#running = null));
    return this.#running;
  }

  async #read(): Promise<void> {
    this.#loading = true;
    while (this.#stale) {
      this.#stale = false;
      try {
        this.#data = await this.load();
        this.#error = undefined;
      } catch (thrown) {
        this.#error = isAppError(thrown) ? thrown : { kind: 'bug', code: 'window', message: String(thrown), hints: [] };
      }
    }
    this.#loading = false;
  }
}

const cache = new Map<string, Entry>();

/**
 * Reads a view: `const board = $derived(query('board', id))`, then `board.data`.
 * The same name and arguments give the same entry everywhere.
 */
export function query<Name extends QueryName>(name: Name, ...args: Parameters<Loaders[Name]>): Query<DataOf<Name>> {
  const key = JSON.stringify([name, ...args]);
  let entry = cache.get(key);
  if (!entry) {
    const load = loaders[name] as (...args: unknown[]) => Promise<unknown>;
    entry = new Entry(viewOf(name), () => load(...args));
    cache.set(key, entry);
  }
  return entry as unknown as Query<DataOf<Name>>;
}

/** Marks views as changed; those on screen are read again. */
export function invalidate(views: readonly View[]): void {
  for (const entry of cache.values()) if (views.includes(entry.view)) entry.invalidate();
}

/** Forgets everything: another démarche was opened. */
export function forgetAll(): void {
  for (const entry of cache.values()) entry.forget();
}

/** Follows the `changed` event; returns how to stop. */
export function followChanges(): () => void {
  return api.onChanged(invalidate);
}

/** For tests: an empty cache. */
export function resetQueries(): void {
  cache.clear();
  resting.clear();
}
