/** What bulletins are made of: fields that are filled by tapping, each with a name that is told. */
import type { Speech } from './app';
import { h, mark, say } from './dom';
import type { Bulletin, Option } from './wire';

/** A bulletin being filled. */
export interface Fields {
  element: HTMLElement;
  /** How much is left or said, told aloud as it changes. */
  count: HTMLElement;
  read(): Bulletin;
}

/** What is told below a bulletin. */
export const counter = (): HTMLElement => h('p', { class: 'count', role: 'status' });

/** A button that can do no more stays in reach of the keyboard and of screen readers. */
export const block = (button: HTMLButtonElement, blocked: boolean): void => mark(button, 'aria-disabled', blocked ? 'true' : null);

/** Taps on what can do no more go nowhere. */
export function guard<T extends HTMLElement>(element: T): T {
  element.addEventListener('click', (event) => {
    if ((event.target as Element).closest('[aria-disabled]')) event.stopPropagation();
  }, true);
  return element;
}

interface Answer<V> {
  value: V;
  label: string;
}

/** Under each option the same answers, of which one can be chosen; `more` stands below where there is more to say. */
export function answersFields<V extends string | number>(options: readonly Option[], answers: readonly Answer<V>[], given: Map<string, V>, changed: (option: Option) => void, more: (option: Option) => HTMLElement | null = () => null): HTMLElement {
  const sets = options.map((option) => {
    const choices = answers.map(({ value, label }) => {
      const radio = h('input', { type: 'radio', name: `g-${option.id}`, id: `g-${option.id}-${value}`, value });
      radio.checked = given.get(option.id) === value;
      radio.addEventListener('change', () => {
        given.set(option.id, value);
        changed(option);
      });
      return h('label', { class: 'grade', for: radio.id }, radio, h('span', {}, label));
    });
    return h('li', {}, h('fieldset', { class: 'card' }, h('legend', {}, option.label), h('span', { class: 'grades' }, ...choices), more(option)));
  });
  return h('ul', { class: 'list' }, ...sets);
}

export interface Step {
  element: HTMLElement;
  update(): void;
}

/** A number of a scale, by sliding, by tapping − and +, or by the arrows; none until it is given. */
export function step(label: string, [low, high]: [number, number], speech: Speech, get: () => number | null, set: (value: number) => void): Step {
  const { words } = speech;
  const said = h('output', { class: 'n' });
  const slide = h('input', { type: 'range', min: low, max: high, step: 1, 'aria-label': label });
  const by = (n: number) => (): void => set(Math.min(high, Math.max(low, (get() ?? (n > 0 ? low - 1 : low + 1)) + n)));
  const less = h('button', { type: 'button', 'aria-label': words.less(label), onclick: by(-1) }, '−');
  const more = h('button', { type: 'button', 'aria-label': words.more(label), onclick: by(1) }, '+');
  const slid = (): void => set(Number(slide.value));
  slide.addEventListener('input', slid);
  // Put down where it already stood: a tap all the same.
  slide.addEventListener('click', slid);
  return {
    element: guard(h('span', { class: 'scale' }, less, slide, more, said)),
    update: () => {
      const value = get();
      slide.value = String(value ?? low);
      mark(slide, 'aria-valuetext', value === null ? words.unsaid : String(value));
      mark(slide, 'data-on', value === null ? null : 'true');
      say(said, value === null ? '–' : String(value));
      block(less, value === low);
      block(more, value === high);
    },
  };
}
