import { t } from '@/i18n/index.svelte';
import { api, type Suggestion, type SuggestionFilter, type SuggestionPage } from '@/ipc';
import { act, announce, done } from '@/notify/index.svelte';
import { SvelteSet } from 'svelte/reactivity';

/** Suggestions on screen at once: more than anyone answers before the next are read. */
const AT_ONCE = 40;

/** A suggestion as it is known from one answer of Rust to the next. */
export const keyOf = (one: Suggestion): string => `${one.a.id} ${one.b.id}`;

/** Deciding on suggestions: where one is, what was answered, what is being named. */
export class Deciding {
  theme = $state<string | null>(null);
  focus = $state<string | null>(null);
  naming = $state<string | null>(null);
  /** Answered a moment ago, and gone from the list before Rust has said so. */
  readonly #answered = new SvelteSet<string>();
  /** Answers since the page was opened. */
  answers = $state(0);

  constructor(readonly page: () => SuggestionPage | undefined) {}

  get filter(): SuggestionFilter {
    return { theme: this.theme, least: null, limit: AT_ONCE };
  }

  pairs = $derived.by<Suggestion[]>(() => (this.page()?.pairs ?? []).filter((one) => !this.#answered.has(keyOf(one))));
  at = $derived.by(() => Math.max(0, this.pairs.findIndex((one) => keyOf(one) === this.focus)));
  current = $derived.by<Suggestion | undefined>(() => this.pairs[this.at]);

  walk(way: -1 | 1): void {
    const next = this.pairs[Math.min(this.pairs.length - 1, Math.max(0, this.at + way))];
    if (next) this.focus = keyOf(next);
    this.naming = null;
  }

  /** The two sides are put together; where neither has a name, under the one typed, else under one made of their words. */
  async accept(one: Suggestion | undefined, name: string | null = null): Promise<void> {
    if (!one) return;
    await this.#answer(one, () => api.bringTogether(one.a.id, one.b.id, name));
  }

  async refuse(one: Suggestion | undefined): Promise<void> {
    if (!one) return;
    if (await this.#answer(one, () => api.tellApart(one.a.id, one.b.id).then(() => true))) done(t('consolider.similar.refused'));
  }

  async #answer<T>(one: Suggestion, run: () => Promise<T>): Promise<T | undefined> {
    const key = keyOf(one);
    const next = this.pairs[this.pairs.indexOf(one) + 1] ?? this.pairs[this.pairs.indexOf(one) - 1];
    this.naming = null;
    this.#answered.add(key);
    this.focus = next ? keyOf(next) : null;
    const answer = await act(run);
    if (answer === undefined) {
      this.#answered.delete(key);
      this.focus = key;
    } else {
      this.answers += 1;
      announce(t('consolider.similar.left', { count: this.pairs.length }));
    }
    return answer;
  }

  /** An answer was taken back: what it was about may be asked again. */
  recall(): void {
    this.#answered.clear();
  }

  startNaming(one: Suggestion | undefined): void {
    if (one && one.a.members === 1 && one.b.members === 1) this.naming = keyOf(one);
  }
}
