//! A form that came back, difference by difference: which one is looked at, which were refused, what is taken.
import { t, word } from '@/i18n/index.svelte';
import { api, type CheckedAction, type FormDifference, type FormReturn, type FormTaken } from '@/ipc';
import { act, announce } from '@/notify/index.svelte';

export interface Row {
  action: CheckedAction;
  one: FormDifference;
}

export const named = (one: FormDifference): string => {
  const field = word('plan.exchange.field', `${one.kind}_${one.field}`);
  if (one.how === 'new') return t('plan.exchange.new_line', { kind: word('words.kind', one.kind) });
  return one.line ? `${word('words.kind', one.kind)} « ${one.line} », ${field}` : field;
};

const whole = (one: FormDifference, value: string): FormTaken => ({ key: one.key, value, seen: one.current, parts: one.parts });

export class Returned {
  readonly found: () => FormReturn | undefined;
  chosen = $state<string | null>(null);
  #refused = $state.raw<ReadonlySet<string>>(new Set());

  constructor(found: () => FormReturn | undefined) {
    this.found = found;
  }

  rows = $derived.by<Row[]>(() => (this.found()?.actions ?? []).flatMap(({ action, differences }) => differences.map((one) => ({ action, one }))));
  at = $derived(Math.max(0, this.rows.findIndex((row) => row.one.key === this.chosen)));
  row = $derived(this.rows[this.at]);
  left = $derived(this.rows.filter((row) => !this.#refused.has(row.one.key)).length);
  /** What can be taken in one go: nothing that changed here meanwhile, nothing that is unclear. */
  plain = $derived(this.rows.filter(({ one }) => !this.#refused.has(one.key) && !one.moved && one.problem === null));

  refused(key: string): boolean {
    return this.#refused.has(key);
  }

  go(by: number): void {
    const next = this.rows[(this.at + by + this.rows.length) % this.rows.length];
    if (next) this.chosen = next.one.key;
  }

  async accept(both = false): Promise<void> {
    const one = this.row?.one;
    if (!one || one.problem !== null || (both && one.both === null)) return;
    const following = this.rows[this.at + 1] ?? this.rows[this.at - 1];
    const done = await act(() => api.takeForm([whole(one, both ? (one.both ?? one.theirs) : one.theirs)]), t('plan.exchange.taken', { field: named(one) }));
    if (done !== undefined) this.chosen = following?.one.key ?? null;
  }

  async acceptAll(): Promise<void> {
    const all = this.plain.map(({ one }) => whole(one, one.theirs));
    if (all.length > 0) await act(() => api.takeForm(all), (n: number) => t('plan.exchange.taken_all', { n }));
  }

  /** Refuses it, or takes the refusal back. Nothing is written: the file can be read again. */
  refuse(): void {
    const one = this.row?.one;
    if (!one) return;
    const again = this.#refused.has(one.key);
    this.#refused = new Set(again ? [...this.#refused].filter((key) => key !== one.key) : [...this.#refused, one.key]);
    announce(t(again ? 'plan.exchange.unrefused' : 'plan.exchange.refused', { field: named(one) }));
    if (!again) this.go(1);
  }
}
