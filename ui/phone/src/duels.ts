/** Duels: two options at a time, as many as one likes. */
import type { Speech } from './app';
import { h, say } from './dom';
import { counter, type Fields } from './fields';
import type { Duel, Question } from './wire';

/** As many as the room takes from one phone. */
const MOST = 100;

/**
 * The duel that tells most about what this person prefers: of options met the least, then of those that fare alike. From this
 * phone's answers only: what the others said is nobody's business before the vote closes.
 */
export function nextDuel(ids: readonly string[], duels: readonly Duel[], chance: () => number = Math.random): [string, string] | null {
  const met = new Map(ids.map((id) => [id, { won: 0, all: 0 }]));
  const held = new Set<string>();
  for (const [a, b, first] of duels) {
    held.add(`${a} ${b}`).add(`${b} ${a}`);
    for (const [id, won] of [[a, first === true], [b, first === false]] as const) {
      const one = met.get(id);
      if (!one) continue;
      one.all += 1;
      one.won += won ? 1 : 0;
    }
  }
  const share = (id: string): number => {
    const { won, all } = met.get(id) ?? { won: 0, all: 0 };
    return (won + 1) / (all + 2);
  };
  let best: [string, string] | null = null;
  let least = Infinity;
  ids.forEach((a, at) => {
    for (const b of ids.slice(at + 1)) {
      if (held.has(`${a} ${b}`)) continue;
      const cost = (met.get(a)?.all ?? 0) + (met.get(b)?.all ?? 0) + Math.abs(share(a) - share(b)) + chance() / 100;
      if (cost >= least) continue;
      least = cost;
      best = chance() < 0.5 ? [a, b] : [b, a];
    }
  });
  return best;
}

export function duelFields(question: Question, { words }: Speech, said: Duel[]): Fields {
  const labels = new Map(question.options.map((option) => [option.id, option.label]));
  const duels = said.filter(([a, b]) => labels.has(a) && labels.has(b));
  const ids = question.options.map((option) => option.id);
  const count = counter();
  const place = h('div', { class: 'duel', role: 'group', 'aria-label': words.duel });
  const back = h('button', { type: 'button', class: 'plain', onclick: () => {
    const [last] = duels.splice(-1);
    if (last) show([last[0], last[1]]);
  } }, words.duelBack);

  function answer(pair: [string, string], first: boolean | null): void {
    duels.push([pair[0], pair[1], first]);
    show(next());
  }

  const next = (): [string, string] | null => (duels.length < MOST ? nextDuel(ids, duels) : null);

  function show(pair: [string, string] | null, quiet = false): void {
    if (pair) {
      const [a, b] = pair;
      const side = (id: string, first: boolean): HTMLElement => h('button', { type: 'button', class: 'side', onclick: () => answer(pair, first) }, labels.get(id));
      place.replaceChildren(side(a, true), h('span', { class: 'small' }, words.or), side(b, false), h('button', { type: 'button', class: 'plain', onclick: () => answer(pair, null) }, words.skip));
    } else place.replaceChildren(h('p', { class: 'empty', tabindex: -1 }, words.duelsDone));
    back.hidden = duels.length === 0;
    say(count, words.duels(duels.length));
    if (!quiet) place.querySelector<HTMLElement>('button, p')?.focus();
  }
  show(next(), true);
  return { element: h('div', {}, place, h('p', { class: 'line' }, back)), count, read: () => ({ duels: [...duels] }) };
}
