//! What is being typed in a field whose value comes from a read: shown until it is saved, kept if saving fails.
import { onDestroy } from 'svelte';

export interface DraftOptions {
  /** The saved value. */
  value(): string;
  /** Saves another. */
  save(text: string): unknown;
}

export class Draft {
  #typed = $state<string | null>(null);
  #options: DraftOptions;
  focused = false;

  constructor(options: DraftOptions) {
    this.#options = options;
    $effect(() => {
      options.value();
      if (!this.focused) this.#typed = null;
    });
    // Leaving the page by a key never loses what was typed.
    onDestroy(() => this.commit());
  }

  get text(): string {
    return this.#typed ?? this.#options.value();
  }

  set text(text: string) {
    this.#typed = text;
  }

  get dirty(): boolean {
    return this.#typed !== null && this.#typed !== this.#options.value();
  }

  commit(): void {
    if (this.dirty && this.#typed !== null) this.#options.save(this.#typed);
    else this.#typed = null;
  }

  cancel(): void {
    this.#typed = null;
  }
}
