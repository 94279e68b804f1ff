/** Bulletins of gommettes, of choices, of grades, scores and opinions. */
import type { Speech } from './app';
import { h, mark, say } from './dom';
import { answersFields, block, counter, guard, step, type Fields } from './fields';
import type { Words } from './words';
import type { Opinion, Question, Stance } from './wire';

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
  const list = guard(h('ul', { class: 'list' }, ...rows.map((row) => row.element)));
  update();
  return { element: list, count: h('p', { class: 'count' }, dots, words_), read: () => ({ points: Object.fromEntries([...given].filter(([, n]) => n > 0)) }) };
}

/** Approval: one tap chooses, another lets go. On a budget, with what each costs and how much that makes. */
export function approvalFields(question: Question, speech: Speech, said: string[]): Fields {
  const { words } = speech;
  const most = question.max_choices ?? null;
  const chosen = new Set(said);
  const count = h('span', { role: 'status' });
  const money = (cents: number): string => words.euros(cents / 100);
  const whole = (question.budget ?? 0) * 100;
  const spent = h('i');
  const bar = whole > 0 ? h('span', { class: 'bar', 'aria-hidden': 'true' }, spent) : null;
  const boxes = question.options.map((option) => {
    const box = h('input', { type: 'checkbox', id: `o-${option.id}` });
    box.checked = chosen.has(option.id);
    box.addEventListener('change', () => {
      if (box.checked && most !== null && chosen.size >= most) box.checked = false;
      else if (box.checked) chosen.add(option.id);
      else chosen.delete(option.id);
      update();
    });
    const cost = option.cost === undefined ? null : h('span', { class: 'small' }, money(option.cost));
    return { box, element: h('li', {}, h('label', { class: 'card choice', for: box.id }, box, h('span', {}, option.label), cost)) };
  });
  const update = (): void => {
    const cents = question.options.reduce((sum, option) => sum + (chosen.has(option.id) ? (option.cost ?? 0) : 0), 0);
    say(count, whole > 0 ? words.spent(money(cents), money(whole), cents > whole) : words.chosen(chosen.size, most));
    spent.style.width = `${Math.min(100, (100 * cents) / Math.max(1, whole))}%`;
    if (bar) mark(bar, 'data-over', cents > whole ? 'true' : null);
  };
  update();
  return { element: h('ul', { class: 'list' }, ...boxes.map((one) => one.element)), count: h('p', { class: 'count' }, bar, count), read: () => ({ approve: [...chosen] }) };
}

/** Majority judgment: a grade for each option. */
export function gradeFields(question: Question, speech: Speech, said: Record<string, number>): Fields {
  const given = new Map(Object.entries(said));
  const count = counter();
  const update = (): void => say(count, speech.words.gradesLeft(question.options.filter((option) => !given.has(option.id)).length));
  // The best first, as one reads.
  const grades = question.grades.map((grade, value) => ({ value, label: grade[speech.language] })).reverse();
  const element = answersFields(question.options, grades, given, update);
  update();
  return { element, count, read: () => ({ grades: Object.fromEntries(given) }) };
}

/** A score for each option; one may be left without. */
export function scoreFields(question: Question, speech: Speech, said: Record<string, number>): Fields {
  const { words } = speech;
  const given = new Map(Object.entries(said));
  const count = counter();
  const rows = question.options.map((option) => {
    const scale = step(option.label, question.scale ?? [0, 10], speech, () => given.get(option.id) ?? null, (value) => {
      given.set(option.id, value);
      update();
    });
    const clear = h('button', { type: 'button', class: 'plain', 'aria-label': words.clearOf(option.label), onclick: () => { given.delete(option.id); update(); scale.element.querySelector('input')?.focus(); } }, words.clear);
    return { option, scale, clear, element: h('li', { class: 'card' }, h('span', { class: 'row' }, h('span', {}, option.label), clear), scale.element) };
  });
  function update(): void {
    for (const row of rows) {
      row.scale.update();
      row.clear.hidden = !given.has(row.option.id);
      mark(row.element, 'data-on', given.has(row.option.id) ? 'true' : null);
    }
    say(count, words.scored(given.size, question.options.length));
  }
  update();
  return { element: h('ul', { class: 'list' }, ...rows.map((row) => row.element)), count, read: () => ({ scores: Object.fromEntries(given) }) };
}

/** Statements: agree, disagree, or pass; one that is left alone was not seen. */
export function opinionFields(question: Question, { words }: Speech, said: Record<string, Opinion>): Fields {
  const given = new Map(Object.entries(said));
  const count = counter();
  const update = (): void => say(count, words.answered(given.size, question.options.length));
  const answers: { value: Opinion; label: string }[] = [{ value: 1, label: words.agree }, { value: -1, label: words.disagree }, { value: 0, label: words.pass }];
  const element = answersFields(question.options, answers, given, update);
  update();
  return { element, count, read: () => ({ votes: Object.fromEntries(given) }) };
}

/** Consent: an objection has a reason, so that it can be treated. */
export function consentFields(question: Question, { words }: Speech, said: Record<string, Stance>, why: Record<string, string>): Fields {
  const given = new Map(Object.entries(said));
  const reasons = new Map(Object.entries(why));
  const places = new Map<string, HTMLElement>();
  const count = counter();
  const more = (id: string, label: string): HTMLElement => {
    const text = h('textarea', { id: `r-${id}`, rows: 2, maxlength: 500, 'aria-label': words.reasonOf(label) });
    text.value = reasons.get(id) ?? '';
    text.addEventListener('input', () => reasons.set(id, text.value));
    const place = h('span', { class: 'why' }, h('span', { class: 'small' }, words.reason), text);
    places.set(id, place);
    return place;
  };
  function update(): void {
    for (const [id, place] of places) place.hidden = given.get(id) !== 'object';
    say(count, words.answered(given.size, question.options.length));
  }
  const answers: { value: Stance; label: string }[] = [{ value: 'consent', label: words.consent }, { value: 'stand-aside', label: words.standAside }, { value: 'object', label: words.object }];
  const element = answersFields(question.options, answers, given, update, (option) => more(option.id, option.label));
  update();
  const kept = (): Record<string, string> => Object.fromEntries([...reasons].filter(([id, text]) => given.get(id) === 'object' && text.trim() !== ''));
  return { element, count, read: () => ({ consent: { stances: Object.fromEntries(given), reasons: kept() } }) };
}
