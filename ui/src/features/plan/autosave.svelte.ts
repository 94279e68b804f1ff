import type { AppError } from '@/ipc';
import { asFailure } from '@/notify/index.svelte';

export type Fields = Record<string, string | number | null>;
type Save = (id: string, fields: Fields) => Promise<unknown>;

/**
 * Gathers what is typed, per entity, and saves it after a pause or when the field is left. One save at a time;
 * what failed stays here, is tried again with the next one, and is never taken for saved.
 */
export class Autosave {
  state = $state<'saved' | 'pending' | 'saving' | 'failed'>('saved');
  failure = $state.raw<AppError | null>(null);
  // Not reactive on purpose: a field reads it when its value arrives, and must not jump back when a save empties it.
  #pending = new Map<string, Fields>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;

  constructor(
    private readonly save: Save,
    private readonly pause = 600,
  ) {}

  change(id: string, fields: Fields): void {
    this.#pending.set(id, { ...this.#pending.get(id), ...fields });
    this.state = 'pending';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.pause);
  }

  /** What waits to be saved for a field, so that a refetch does not bring the old words back. */
  waiting(id: string, field: string): string | number | null | undefined {
    return this.#pending.get(id)?.[field];
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#drain().finally(() => (this.#running = null));
    return this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#pending.size > 0) {
      const [id, fields] = [...this.#pending][0] as [string, Fields];
      this.#pending.delete(id);
      this.state = 'saving';
      try {
        await this.save(id, fields);
        this.failure = null;
      } catch (error) {
        this.#pending.set(id, { ...fields, ...this.#pending.get(id) });
        this.failure = asFailure(error);
        this.state = 'failed';
        return;
      }
    }
    this.state = 'saved';
  }
}
