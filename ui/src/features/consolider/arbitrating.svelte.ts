import { t } from '@/i18n/index.svelte';
import { api, type Arbitration, type ArbitrationRow, type DecisionKind, type RoomRule, type RulePlace } from '@/ipc';
import { act, done } from '@/notify/index.svelte';

export const RULES = ['rooms', 'heads', 'weights'] as const satisfies readonly RoomRule[];
/** In the order of their keys, 1 to 4. */
export const DECISIONS = ['retain', 'merge', 'study', 'set_aside'] as const satisfies readonly DecisionKind[];

export const placeBy = (row: ArbitrationRow, rule: RoomRule): RulePlace | undefined => row.places.find((one) => one.rule === rule);

/** The committee at work: by which rule it looks, on what it decides. */
export class Arbitrating {
  /** The rule looked at, where it is not the committee's. */
  #looked = $state<RoomRule | null>(null);
  focus = $state<string | null>(null);
  /** Only what is not decided yet. */
  undecided = $state(false);
  /** What a decision still wants to know. */
  asking = $state<'set_aside' | 'merge' | null>(null);
  /** Who takes the decisions of this meeting. */
  body = $state(t('arbitrer.body_default'));

  constructor(readonly data: () => Arbitration | undefined) {}

  rule = $derived.by<RoomRule>(() => this.#looked ?? this.data()?.rule ?? 'rooms');

  /** First those that rooms put first; then those that no room voted on, the fullest first. */
  rows = $derived.by<ArbitrationRow[]>(() => {
    const place = (row: ArbitrationRow) => placeBy(row, this.rule)?.place ?? Infinity;
    const rows = (this.data()?.rows ?? []).filter((row) => !this.undecided || row.decision === null || row.cluster.id === this.focus);
    return rows.sort((a, b) => (place(a) === place(b) ? b.cluster.proposals - a.cluster.proposals : place(a) - place(b)));
  });

  at = $derived.by(() => Math.max(0, this.rows.findIndex((row) => row.cluster.id === this.focus)));
  current = $derived.by<ArbitrationRow | undefined>(() => this.rows[this.at]);

  look(rule: RoomRule): void {
    this.#looked = rule;
  }

  nextRule(): void {
    this.look(RULES[(RULES.indexOf(this.rule as (typeof RULES)[number]) + 1) % RULES.length] ?? 'rooms');
  }

  /** The committee takes the rule it looks at for its own. */
  async adopt(): Promise<void> {
    const data = this.data();
    if (data && (await act(() => api.edit(data.process, { priority_rule: this.rule }).then(() => true)))) done(t('arbitrer.rule_adopted'));
  }

  async weigh(territory: string, weight: number | null): Promise<void> {
    const data = this.data();
    if (!data) return;
    const weights = Object.fromEntries(data.weights.map((one) => [one.territory.id, one.territory.id === territory ? (weight ?? 1) : one.weight]));
    await act(() => api.edit(data.process, { weights }));
  }

  walk(way: -1 | 1): void {
    const next = this.rows[Math.min(this.rows.length - 1, Math.max(0, this.at + way))];
    this.focus = next?.cluster.id ?? null;
    this.asking = null;
  }

  /** Decides at once, or asks first for what the decision wants. */
  async choose(kind: DecisionKind): Promise<void> {
    if (kind === 'set_aside' || kind === 'merge') this.asking = kind;
    else await this.#decide(kind, null, null);
  }

  /** The reason, or the rapprochement to go on in, by number of the list or by name. */
  async reply(typed: string): Promise<void> {
    const text = typed.trim();
    if (text === '') return;
    if (this.asking === 'set_aside') {
      const reasons = this.data()?.reasons ?? [];
      await this.#decide('set_aside', /^\d{1,2}$/u.test(text) ? (reasons[Number(text) - 1] ?? text) : text, null);
    } else if (this.asking === 'merge') {
      const into = this.rows.find((row) => row.cluster.name.toLowerCase() === text.toLowerCase());
      if (into) await this.#decide('merge', null, into.cluster.id);
    }
  }

  async #decide(kind: DecisionKind, reason: string | null, into: string | null): Promise<void> {
    const row = this.current;
    if (!row) return;
    this.focus = into ?? row.cluster.id;
    this.asking = null;
    const decided = await act(() => api.decide({ clusters: [row.cluster.id], kind, reason, body: this.body.trim() || null, into }).then(() => true));
    if (decided) done(t('arbitrer.decided', { name: row.cluster.name, decision: t(`arbitrer.decision.${kind}`) }));
    else if (reason !== null || into !== null) this.asking = kind === 'merge' ? 'merge' : 'set_aside';
  }

  async note(id: string, fields: Record<string, string | null>): Promise<void> {
    await act(() => api.edit(id, fields));
  }

  async setReasons(text: string): Promise<void> {
    await act(() => api.setReasons(text.split('\n')), t('arbitrer.reasons_saved'));
  }
}
