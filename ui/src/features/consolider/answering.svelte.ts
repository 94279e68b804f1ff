import { t } from '@/i18n/index.svelte';
import { api, type OutcomeFilter, type OutcomeKind, type Outcomes } from '@/ipc';
import { act, done } from '@/notify/index.svelte';
import { Picks } from './picks.svelte';

/** What a person can answer, in the order of the keys 1 to 5. */
export const ANSWERS = ['taken_up', 'merged', 'study', 'referred', 'set_aside'] as const satisfies readonly OutcomeKind[];

const ALL: OutcomeFilter = { theme: null, workshop: null, open: false, kind: null, text: null };

/** Answers to proposals: what is narrowed, picked, being answered. */
export class Answering {
  filter = $state.raw<OutcomeFilter>({ ...ALL, open: true });
  readonly picks = new Picks();
  /** The answer being written. */
  kind = $state<OutcomeKind | null>(null);
  action = $state('');
  reason = $state('');
  words = $state('');

  constructor(readonly data: () => Outcomes | undefined) {}

  order = $derived.by(() => (this.data()?.rows ?? []).map((row) => row.proposal.id));

  get subjects(): string[] {
    const chosen = this.order.filter((id) => this.picks.ids.has(id));
    if (chosen.length > 0) return chosen;
    return this.picks.focus !== null && this.order.includes(this.picks.focus) ? [this.picks.focus] : [];
  }

  narrow(part: Partial<OutcomeFilter>): void {
    this.filter = { ...this.filter, ...part };
    this.picks.clear();
    this.kind = null;
  }

  start(kind: OutcomeKind): void {
    if (this.subjects.length === 0) return;
    this.kind = kind;
    this.action = '';
    this.reason = '';
    this.words = '';
  }

  async finish(): Promise<void> {
    const kind = this.kind;
    const ids = this.subjects;
    if (kind === null || ids.length === 0) return;
    const next = this.order[this.order.indexOf(ids.at(-1) ?? '') + 1] ?? null;
    const outcome = { proposals: ids, kind, action: kind === 'taken_up' ? this.action || null : null, reason: this.reason.trim() || null, answer: this.words.trim() || null };
    if (!(await act(() => api.answer(outcome).then(() => true)))) return;
    done(t('suites.answered', { count: ids.length }));
    this.kind = null;
    this.picks.clear();
    this.picks.focus = next;
  }

  /** What someone answered is taken back; what follows from the plan stands again. */
  async recall(): Promise<void> {
    const rows = this.data()?.rows ?? [];
    const answers = this.subjects.flatMap((id) => rows.find((row) => row.proposal.id === id)?.outcome?.answer ?? []);
    if (answers.length > 0 && (await act(() => api.remove(answers).then(() => true)))) done(t('suites.recalled', { count: answers.length }));
  }
}
