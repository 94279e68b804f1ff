/** Putting options in order: by tapping them one after the other, by arrows, or by dragging; ties allowed. */
import type { Speech } from './app';
import { h, mark, say } from './dom';
import { block, counter, guard, type Fields } from './fields';
import type { Option, Question } from './wire';

interface Row {
  option: Option;
  element: HTMLElement;
  place: HTMLElement;
  up: HTMLButtonElement;
  down: HTMLButtonElement;
  tie: HTMLButtonElement;
}

export function rankFields(question: Question, { words }: Speech, said: string[][]): Fields {
  const known = new Map(question.options.map((option) => [option.id, option]));
  /** Options in order, and those that stand level with the one above. */
  const order: Row[] = [];
  const level = new Set<string>();
  const list = guard(h('ol', { class: 'list' }));
  const pool = h('ul', { class: 'list' });
  const count = counter();
  const spoken = h('span', { role: 'status', class: 'sr' });
  const rest = new Map(question.options.map((option) => {
    const button = h('button', { type: 'button', class: 'pick', onclick: () => {
      // The next one to choose is where the finger was.
      const next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector('button');
      add(option);
      (next ?? list.querySelector<HTMLElement>('li:last-child button'))?.focus();
    } }, option.label);
    const item = h('li', {}, button);
    return [option.id, item] as const;
  }));

  function add(option: Option): void {
    const row = made(option);
    order.push(row);
    list.append(row.element);
    update(option);
  }

  function drop(row: Row): void {
    const next = (row.element.nextElementSibling ?? row.element.previousElementSibling)?.querySelector<HTMLElement>('button') ?? rest.get(row.option.id)?.querySelector('button');
    order.splice(order.indexOf(row), 1);
    row.element.remove();
    level.delete(row.option.id);
    update();
    next?.focus();
  }

  /** Swaps with the neighbour; it is the neighbour's element that moves, so that finger and focus keep theirs. */
  function move(row: Row, by: 1 | -1): boolean {
    const at = order.indexOf(row);
    const other = order[at + by];
    if (!other) return false;
    order[at] = other;
    order[at + by] = row;
    list.insertBefore(other.element, by > 0 ? row.element : row.element.nextSibling);
    update(row.option);
    return true;
  }

  function made(option: Option): Row {
    const { label } = option;
    const place = h('span', { class: 'place' });
    const up = h('button', { type: 'button', 'aria-label': words.up(label), onclick: () => move(row, -1) }, '↑');
    const down = h('button', { type: 'button', 'aria-label': words.down(label), onclick: () => move(row, 1) }, '↓');
    const tie = h('button', { type: 'button', 'aria-label': words.level(label), onclick: () => {
      if (!level.delete(option.id)) level.add(option.id);
      update(option);
    } }, '=');
    const out = h('button', { type: 'button', 'aria-label': words.unrank(label), onclick: () => drop(row) }, '×');
    const grip = h('span', { class: 'grip', 'aria-hidden': 'true' }, '⠿');
    const element = h('li', { class: 'card rank' }, grip, place, h('span', {}, label), h('span', { class: 'steps' }, up, down, tie, out));
    const row: Row = { option, element, place, up, down, tie };
    grip.addEventListener('pointerdown', (event) => drag(row, event));
    return row;
  }

  function drag(row: Row, start: PointerEvent): void {
    start.preventDefault();
    mark(row.element, 'data-drag', 'true');
    const middle = (one: Element | null): number | null => {
      if (!one) return null;
      const box = one.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    const follow = (event: PointerEvent): void => {
      const above = middle(row.element.previousElementSibling);
      const below = middle(row.element.nextElementSibling);
      if (above !== null && event.clientY < above) move(row, -1);
      else if (below !== null && event.clientY > below) move(row, 1);
    };
    const end = (): void => {
      mark(row.element, 'data-drag', null);
      document.removeEventListener('pointermove', follow);
      document.removeEventListener('pointerup', end);
      document.removeEventListener('pointercancel', end);
      // What is kept while filling is kept now.
      list.dispatchEvent(new Event('change', { bubbles: true }));
    };
    document.addEventListener('pointermove', follow);
    document.addEventListener('pointerup', end);
    document.addEventListener('pointercancel', end);
  }

  function ranks(): string[][] {
    const places: string[][] = [];
    for (const { option } of order) {
      const last = places.at(-1);
      if (last && level.has(option.id)) last.push(option.id);
      else places.push([option.id]);
    }
    return places;
  }

  function update(moved?: Option): void {
    const places = new Map<string, number>();
    let before = 0;
    for (const rank of ranks()) {
      for (const id of rank) places.set(id, before + 1);
      before += rank.length;
    }
    order.forEach((row, at) => {
      const tied = at > 0 && level.has(row.option.id);
      say(row.place, String(places.get(row.option.id) ?? ''));
      block(row.up, at === 0);
      block(row.down, at === order.length - 1);
      block(row.tie, at === 0);
      mark(row.tie, 'aria-pressed', String(tied));
    });
    for (const [id, item] of rest) {
      const here = places.has(id);
      if (here) item.remove();
      else if (!item.parentElement) pool.append(item);
    }
    say(count, words.ranked(order.length, question.options.length));
    if (moved) say(spoken, words.placed(moved.label, places.get(moved.id) ?? 0));
  }

  for (const rank of said) {
    rank.forEach((id, at) => {
      const option = known.get(id);
      if (!option) return;
      const row = made(option);
      order.push(row);
      list.append(row.element);
      if (at > 0) level.add(id);
    });
  }
  update();
  const element = h('div', { class: 'ranking' }, list, h('p', { class: 'small' }, words.rankHint), pool, spoken);
  return { element, count, read: () => ({ ranking: ranks() }) };
}
