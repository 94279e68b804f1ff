import { api, type Resembling } from '@/ipc';
import { fail } from '@/notify/index.svelte';

/** What is looked for: words being typed, or a card of the board. */
export type About = { text: string } | { card: string };

/** Score from which words being typed are taken to say again what is there. */
const SAME = 0.5;
/** A pause of the typist: asked while letters still come, the answer would be stale. */
const PAUSE = 250;
const AT_MOST = 4;

/** What resembles what is typed or what has the focus: asked at each pause, an answer that comes late is dropped. */
export class Likeness {
  found = $state.raw<readonly Resembling[]>([]);
  /** What the answer is about. */
  about = $state.raw<About | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(readonly workshop: string) {}

  /** What was said here already in other words, if the words being typed say it again. */
  again = $derived.by<Resembling | null>(() => {
    if (this.about === null || !('text' in this.about)) return null;
    return this.found.find((one) => one.here && one.score >= SAME) ?? null;
  });

  here = $derived(this.found.filter((one) => one.here));
  elsewhere = $derived(this.found.filter((one) => !one.here));

  ask(about: About | null): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    if (about === null) {
      this.about = null;
      this.found = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#read(about, this.#asked), PAUSE);
  }

  async #read(about: About, asked: number): Promise<void> {
    try {
      const found = await api.resembling({
        workshop: this.workshop,
        proposal: 'card' in about ? about.card : null,
        text: 'text' in about ? about.text : '',
        limit: AT_MOST,
        least: null,
      });
      if (asked !== this.#asked) return;
      this.found = found;
      this.about = about;
    } catch (error) {
      if (asked === this.#asked) fail(error);
    }
  }

  /** No answer is waited for any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }
}
