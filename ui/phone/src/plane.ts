/** Impact and effort: each option by tapping a plane, or by steps. */
import type { Speech } from './app';
import { h, mark, say } from './dom';
import { block, counter, guard, step, type Fields } from './fields';
import type { Point, Question } from './wire';

/** Nearer than this, a tap is on the number that stands there. */
const NEAR = 20;

export function planeFields(question: Question, speech: Speech, said: Record<string, Point>): Fields {
  const { words } = speech;
  const { options } = question;
  const [low, high] = question.scale ?? [1, 5];
  const cells = high - low + 1;
  const given = new Map<string, Partial<Point>>(Object.entries(said));
  const whole = (id: string): Point | null => {
    const { impact, effort } = given.get(id) ?? {};
    return impact === undefined || effort === undefined ? null : { impact, effort };
  };
  let at = Math.max(0, options.findIndex((option) => !whole(option.id)));
  const here = (): string => options[at]?.id ?? '';

  // The plane is for the finger: all that it says and does, the steps and the list below say and do.
  const dots = options.map((_, n) => h('span', { class: 'spot' }, String(n + 1)));
  const corners = [words.quickWins, words.projects, words.fillIns, words.thankless].map((name) => h('span', { class: 'corner' }, name));
  const plane = h('div', { class: 'plane', 'aria-hidden': 'true', 'data-testid': 'plane' }, ...corners, ...dots);
  const label = h('p', { class: 'name', role: 'status' });
  const turn = (by: number) => (): void => go(at + by);
  const before = h('button', { type: 'button', 'aria-label': words.previous, onclick: turn(-1) }, '‹');
  const after = h('button', { type: 'button', 'aria-label': words.next, onclick: turn(1) }, '›');
  const axis = (name: 'impact' | 'effort', text: string) =>
    step(text, [low, high], speech, () => given.get(here())?.[name] ?? null, (value) => {
      given.set(here(), { ...given.get(here()), [name]: value });
      update();
    });
  const axes = [{ text: words.impact, step: axis('impact', words.impact) }, { text: words.effort, step: axis('effort', words.effort) }];
  const rows = options.map((option, n) => {
    const mark_ = h('span', { class: 'small' });
    const button = h('button', { type: 'button', class: 'pick', onclick: () => go(n) }, h('span', { class: 'spot', 'aria-hidden': 'true' }, String(n + 1)), h('span', {}, option.label), mark_);
    return { option, button, mark: mark_, element: h('li', {}, button) };
  });
  const count = counter();

  function go(next: number): void {
    at = Math.min(options.length - 1, Math.max(0, next));
    update();
  }

  function put(event: PointerEvent): void {
    const box = plane.getBoundingClientRect();
    const cell = (share: number): number => low + Math.min(cells - 1, Math.max(0, Math.floor(share * cells)));
    given.set(here(), { effort: cell((event.clientX - box.left) / box.width), impact: cell(1 - (event.clientY - box.top) / box.height) });
    update();
  }

  let moved = false;
  plane.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    const near = dots.findIndex((dot, n) => {
      const box = dot.getBoundingClientRect();
      return !dot.hidden && n !== at && Math.hypot(event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2) < NEAR;
    });
    moved = near >= 0;
    plane.setPointerCapture(event.pointerId);
    if (near >= 0) go(near);
    else put(event);
  });
  plane.addEventListener('pointermove', (event) => {
    if (plane.hasPointerCapture(event.pointerId)) put(event);
  });
  plane.addEventListener('pointerup', (event) => {
    if (plane.hasPointerCapture(event.pointerId)) plane.releasePointerCapture(event.pointerId);
    // Then the next one that has no place.
    const next = options.findIndex((option) => !whole(option.id));
    if (!moved && next >= 0) go(next);
    plane.dispatchEvent(new Event('change', { bubbles: true }));
  });

  function update(): void {
    const taken = new Map<string, number>();
    options.forEach((option, n) => {
      const spot = whole(option.id);
      const dot = dots[n];
      const row = rows[n];
      if (!dot || !row) return;
      dot.hidden = !spot;
      if (spot) {
        // Several on one cell stand a little apart.
        const cell = `${spot.impact} ${spot.effort}`;
        const nth = taken.get(cell) ?? 0;
        taken.set(cell, nth + 1);
        const place = (value: number): number => ((value - low + 0.5) / cells) * 100;
        dot.style.left = `calc(${place(spot.effort)}% + ${(nth % 3) * 9}px)`;
        dot.style.bottom = `calc(${place(spot.impact)}% + ${Math.floor(nth / 3) * 9}px)`;
      }
      mark(dot, 'data-on', n === at ? 'true' : null);
      say(row.mark, spot ? words.spot(spot.impact, spot.effort) : words.noSpot);
      mark(row.button, 'aria-pressed', String(n === at));
    });
    say(label, `${at + 1}. ${options[at]?.label ?? ''}`);
    block(before, at === 0);
    block(after, at === options.length - 1);
    for (const one of axes) one.step.update();
    say(count, words.spots(options.filter((option) => whole(option.id)).length, options.length));
  }
  update();

  const element = h(
    'div',
    {},
    h('div', { class: 'card' }, h('span', { class: 'row' }, label, guard(h('span', { class: 'steps' }, before, after))), h('p', { class: 'small', 'aria-hidden': 'true' }, words.planeHint), h('span', { class: 'axis', 'aria-hidden': 'true' }, `↑ ${words.impact}`), plane, h('span', { class: 'axis end', 'aria-hidden': 'true' }, `${words.effort} →`), ...axes.map((one) => h('span', { class: 'named' }, h('span', { 'aria-hidden': 'true' }, one.text), one.step.element))),
    h('ul', { class: 'list' }, ...rows.map((row) => row.element)),
  );
  const read = (): Record<string, Point> => Object.fromEntries(options.flatMap((option): [string, Point][] => {
    const spot = whole(option.id);
    return spot ? [[option.id, spot]] : [];
  }));
  return { element, count, read: () => ({ scores: read() }) };
}
