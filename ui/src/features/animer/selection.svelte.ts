import { SvelteSet } from 'svelte/reactivity';
import { range, type Columns } from './grid';

/** Which cards are taken, and which one has the focus. */
export class Selection {
  readonly ids = new SvelteSet<string>();
  focus = $state<string | null>(null);
  #anchor: string | null = null;

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** In board order, so that a group keeps the order that people see. */
  ordered(columns: Columns): string[] {
    return columns.flat().filter((id) => this.ids.has(id));
  }

  only(id: string): void {
    this.ids.clear();
    this.ids.add(id);
    this.focus = id;
    this.#anchor = id;
  }

  toggle(id: string): void {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.focus = id;
    this.#anchor = id;
  }

  extend(columns: Columns, to: string): void {
    const from = this.#anchor ?? this.focus ?? to;
    this.ids.clear();
    for (const id of range(columns, from, to)) this.ids.add(id);
    this.focus = to;
    this.#anchor = from;
  }

  all(columns: Columns): void {
    for (const id of columns.flat()) this.ids.add(id);
  }

  clear(): void {
    this.ids.clear();
    this.#anchor = null;
  }

  /** Lets go of what is no longer on the board. */
  keep(columns: Columns): void {
    const alive = columns.flat();
    for (const id of [...this.ids]) if (!alive.includes(id)) this.ids.delete(id);
    if (this.focus !== null && !alive.includes(this.focus)) this.focus = null;
  }
}
