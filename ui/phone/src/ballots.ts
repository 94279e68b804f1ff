/** The three kinds of bulletins, filled by tapping. */
import type { Speech } from './app';
import { h, mark, say } from './dom';
import type { Words } from './words';
import type { Bulletin, Question } from './wire';

/** A bulletin being filled. */
export interface Fields {
  element: HTMLElement;
  /** How much is left, told aloud as it changes. */
  count: HTMLElement;
  read(): Bulletin;
}

/** Gommettes: + and − at each option. */
export function dotsFields(question: Question, words: Words, said: Record<string, number>): Fields {
  const all = question.points ?? 5;
  const most = Math.min(all, question.max_per_option ?? all);
  const given = new Map(question.options.map((option) => [option.id, Math.min(most, said[option.id] ?? 0)]));
  const left = (): number => all - [...given.values()].reduce((sum, n) => sum + n, 0);
  const dots = h('span', { class: 'dots', 'aria-hidden': 'true' }, ...Array.from({ length: Math.min(all, 20) }, () => h('i')));
  const words_ = h('span', { role: 'status' });
  const rows = question.options.map((option) => {
    const number = h('span', { class: 'n', role: 'status' });
    const change = (by: number) => (): void => {
      given.set(option.id, (given.get(option.id) ?? 0) + by);
      update();
    };
    const take = h('button', { type: 'button', 'aria-label': words.take(option.label), onclick: change(-1) }, '−');
    const add = h('button', { type: 'button', 'aria-label': words.add(option.label), onclick: change(1) }, '+');
    const element = h('li', { class: 'card row' }, h('span', {}, option.label), h('span', { class: 'steps' }, take, number, add));
    return { option, element, number, take, add };
  });
  // A button that can do no more stays in reach of the keyboard and of screen readers.
  const block = (button: HTMLButtonElement, blocked: boolean): void => mark(button, 'aria-disabled', blocked ? 'true' : null);
  function update(): void {
    const rest = left();
    for (const row of rows) {
      const n = given.get(row.option.id) ?? 0;
      say(row.number, String(n));
      mark(row.number, 'aria-label', words.dots(n));
      mark(row.element, 'data-on', n > 0 ? 'true' : null);
      block(row.take, n === 0);
      block(row.add, rest === 0 || n >= most);
    }
    [...dots.children].forEach((dot, i) => mark(dot, 'data-left', i < rest ? 'true' : null));
    say(words_, words.dotsLeft(rest, all));
  }
  const list = h('ul', { class: 'list' }, ...rows.map((row) => row.element));
  list.addEventListener('click', (event) => {
    if ((event.target as Element).closest('[aria-disabled]')) event.stopPropagation();
  }, true);
  update();
  return { element: list, count: h('p', { class: 'count' }, dots, words_), read: () => ({ points: Object.fromEntries([...given].filter(([, n]) => n > 0)) }) };
}

/** Approval: one tap chooses, another lets go. */
export function approvalFields(question: Question, words: Words, said: string[]): Fields {
  const most = question.max_choices ?? null;
  const chosen = new Set(said);
  const count = h('p', { class: 'count', role: 'status' });
  const boxes = question.options.map((option) => {
    const box = h('input', { type: 'checkbox', id: `o-${option.id}` });
    box.checked = chosen.has(option.id);
    box.addEventListener('change', () => {
      if (box.checked && most !== null && chosen.size >= most) box.checked = false;
      else if (box.checked) chosen.add(option.id);
      else chosen.delete(option.id);
      update();
    });
    return { box, element: h('li', {}, h('label', { class: 'card choice', for: box.id }, box, h('span', {}, option.label))) };
  });
  const update = (): void => say(count, words.chosen(chosen.size, most));
  update();
  return { element: h('ul', { class: 'list' }, ...boxes.map((one) => one.element)), count, read: () => ({ approve: [...chosen] }) };
}

/** Majority judgment: a grade for each option. */
export function gradeFields(question: Question, speech: Speech, said: Record<string, number>): Fields {
  const given = new Map(Object.entries(said));
  const count = h('p', { class: 'count', role: 'status' });
  const update = (): void => say(count, speech.words.gradesLeft(question.options.filter((option) => !given.has(option.id)).length));
  const sets = question.options.map((option) => {
    const choices = question.grades.map((grade, value) => {
      const radio = h('input', { type: 'radio', name: `g-${option.id}`, id: `g-${option.id}-${value}`, value });
      radio.checked = given.get(option.id) === value;
      radio.addEventListener('change', () => {
        given.set(option.id, value);
        update();
      });
      return h('label', { class: 'grade', for: radio.id }, radio, h('span', {}, grade[speech.language]));
    });
    // The best first, as one reads.
    return h('li', {}, h('fieldset', { class: 'card' }, h('legend', {}, option.label), h('span', { class: 'grades' }, ...choices.reverse())));
  });
  update();
  return { element: h('ul', { class: 'list' }, ...sets), count, read: () => ({ grades: Object.fromEntries(given) }) };
}
