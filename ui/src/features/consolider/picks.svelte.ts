import { SvelteSet } from 'svelte/reactivity';

/** Multiple selection in one list: click, Ctrl, Shift, arrows and Space. */
export class Picks {
  readonly ids = new SvelteSet<string>();
  focus = $state<string | null>(null);
  #anchor: string | null = null;

  pick(order: readonly string[], id: string, how: { shift?: boolean; toggle?: boolean }): void {
    if (how.shift && this.#anchor !== null) {
      const a = order.indexOf(this.#anchor);
      const b = order.indexOf(id);
      if (!how.toggle) this.ids.clear();
      for (const one of order.slice(Math.min(a, b), Math.max(a, b) + 1)) this.ids.add(one);
    } else if (how.toggle) {
      if (!this.ids.delete(id)) this.ids.add(id);
      this.#anchor = id;
    } else {
      this.ids.clear();
      this.ids.add(id);
      this.#anchor = id;
    }
    this.focus = id;
  }

  move(order: readonly string[], way: -1 | 1, shift: boolean): void {
    const at = this.focus === null ? -1 : order.indexOf(this.focus);
    const next = order[Math.min(order.length - 1, Math.max(0, at + way))];
    if (next === undefined) return;
    if (shift) {
      this.#anchor ??= this.focus ?? next;
      this.pick(order, next, { shift: true });
    } else {
      this.focus = next;
    }
  }

  all(order: readonly string[]): void {
    for (const id of order) this.ids.add(id);
  }

  clear(): void {
    this.ids.clear();
    this.#anchor = null;
  }
}
