// Bulletins of every method, filled in as fingers and keys do.
import { beforeEach, describe, expect, it } from 'vitest';
import { Speech } from './src/app';
import { approvalFields, consentFields, opinionFields, scoreFields } from './src/ballots';
import { duelFields, nextDuel } from './src/duels';
import type { Fields } from './src/fields';
import { planeFields } from './src/plane';
import { rankFields } from './src/rank';
import { shuffled } from './src/vote';
import { languages } from './src/words';
import type { Duel, Question } from './src/wire';

const words = languages.fr;
const question: Question = {
  id: 'v', question: 'Que garder ?', method: 'schulze', rule: { fr: '', en: '' }, grades: [], cards: false, secret: true, scale: [1, 5],
  options: ['Bus', 'Prêt', 'Vélo', 'Permis'].map((label, i) => ({ id: 'abcd'[i] ?? '', label, cost: 10_000 * (i + 1) })),
};
let speech: Speech;

beforeEach(() => {
  localStorage.setItem('moisson.language', 'fr');
  speech = new Speech();
});

const shown = (fields: Fields): Fields => {
  document.body.replaceChildren(fields.element, fields.count);
  return fields;
};
const button = (name: string) => [...document.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === name);
const tap = (name: string) => {
  const found = button(name);
  if (!found) throw new Error(`no button is called « ${name} »`);
  found.click();
};
const check = (option: string, answer: string) => [...document.querySelectorAll('fieldset')].find((one) => one.querySelector('legend')?.textContent === option)?.querySelectorAll('label').forEach((label) => {
  if (label.textContent === answer) label.querySelector('input')?.click();
});

describe('a ranking', () => {
  it('is made by tapping in order, and changed by arrows', () => {
    const fields = shown(rankFields(question, speech, []));
    for (const name of ['Vélo', 'Bus', 'Permis']) tap(name);
    expect(fields.read()).toEqual({ ranking: [['c'], ['a'], ['d']] });
    tap(words.up('Permis'));
    expect(document.querySelector('[role="status"].sr')?.textContent).toBe('« Permis » : place 2');
    tap(words.up('Permis'));
    tap(words.up('Permis'));
    expect(fields.read()).toEqual({ ranking: [['d'], ['c'], ['a']] });
    expect(fields.count.textContent).toBe('3 classés sur 4');
  });

  it('may hold ties and may be partial; what is taken out can be put back', () => {
    const fields = shown(rankFields(question, speech, []));
    for (const name of ['Bus', 'Prêt', 'Vélo']) tap(name);
    tap(words.level('Prêt'));
    expect(fields.read()).toEqual({ ranking: [['a', 'b'], ['c']] });
    expect([...document.querySelectorAll('.place')].map((one) => one.textContent)).toEqual(['1', '1', '3']);
    // The first is level with nobody, whatever was said of it before.
    tap(words.up('Prêt'));
    expect(fields.read()).toEqual({ ranking: [['b'], ['a'], ['c']] });
    tap(words.unrank('Bus'));
    expect(fields.read()).toEqual({ ranking: [['b'], ['c']] });
    tap('Bus');
    expect(fields.read()).toEqual({ ranking: [['b'], ['c'], ['a']] });
  });

  it('is dragged by its grip', () => {
    const fields = shown(rankFields(question, speech, [['a'], ['b'], ['c']]));
    const rows = [...document.querySelectorAll<HTMLElement>('.rank')];
    rows.forEach((row) => {
      row.getBoundingClientRect = () => ({ top: [...(row.parentElement?.children ?? [])].indexOf(row) * 100, height: 100 }) as DOMRect;
    });
    const send = (to: EventTarget, type: string, y: number) => to.dispatchEvent(Object.assign(new Event(type, { bubbles: true, cancelable: true }), { clientY: y }));
    const grip = rows[0]?.querySelector('.grip');
    if (!grip) throw new Error('no grip');
    send(grip, 'pointerdown', 50);
    for (const y of [120, 180, 260]) send(document, 'pointermove', y);
    send(document, 'pointerup', 260);
    expect(fields.read()).toEqual({ ranking: [['b'], ['c'], ['a']] });
    send(document, 'pointermove', 0);
    expect(fields.read(), 'let go, it stays').toEqual({ ranking: [['b'], ['c'], ['a']] });
  });

  it('comes back as it was', () => {
    const ranking = [['c'], ['a', 'd']];
    expect(rankFields(question, speech, ranking).read()).toEqual({ ranking });
  });
});

describe('duels', () => {
  it('are never the same twice, and end when all are seen', () => {
    const fields = shown(duelFields(question, speech, []));
    const seen = new Set<string>();
    for (let i = 0; i < 6; i++) {
      const pair = [...document.querySelectorAll('.side')].map((one) => one.textContent ?? '').sort();
      seen.add(pair.join());
      document.querySelector<HTMLElement>('.side')?.click();
    }
    expect(seen.size).toBe(6);
    expect(document.querySelector('.side')).toBeNull();
    expect(document.body.textContent).toContain(words.duelsDone);
    const { duels } = fields.read() as { duels: Duel[] };
    expect(duels.every(([, , first]) => first === true)).toBe(true);
  });

  it('may be skipped, and the last one taken back', () => {
    const fields = shown(duelFields(question, speech, []));
    tap(words.skip);
    const read = () => (fields.read() as { duels: Duel[] }).duels;
    expect(read().map((duel) => duel[2])).toEqual([null]);
    const [a, b] = read()[0] ?? [];
    tap(words.duelBack);
    expect(read()).toEqual([]);
    const labels = new Map(question.options.map((one) => [one.id, one.label]));
    expect([...document.querySelectorAll('.side')].map((one) => one.textContent)).toEqual([labels.get(a ?? ''), labels.get(b ?? '')]);
  });

  it('go first to those that were met the least', () => {
    const duels: Duel[] = [['a', 'b', true]];
    expect(nextDuel(['a', 'b', 'c', 'd'], duels, () => 0.9)?.sort()).toEqual(['c', 'd']);
    expect(nextDuel(['a', 'b'], duels)).toBeNull();
  });
});

describe('scores', () => {
  it('are given by sliding or by steps, and may be left out', () => {
    const fields = shown(scoreFields(question, speech, {}));
    expect(fields.read()).toEqual({ scores: {} });
    tap(words.more('Bus'));
    tap(words.more('Bus'));
    tap(words.less('Prêt'));
    const slide = document.querySelector<HTMLInputElement>('input[aria-label="Vélo"]');
    if (!slide) throw new Error('nothing slides');
    expect(slide.getAttribute('aria-valuetext')).toBe('sans note');
    slide.value = '3';
    slide.dispatchEvent(new Event('input', { bubbles: true }));
    expect(fields.read()).toEqual({ scores: { a: 2, b: 1, c: 3 } });
    tap(words.clearOf('Bus'));
    expect(fields.read()).toEqual({ scores: { b: 1, c: 3 } });
    for (let i = 0; i < 9; i++) tap(words.more('Vélo'));
    expect(fields.read()).toEqual({ scores: { b: 1, c: 5 } });
  });
});

describe('impact and effort', () => {
  it('are set by steps, option after option', () => {
    const fields = shown(planeFields(question, speech, {}));
    tap(words.more(words.impact));
    expect(fields.read(), 'half a place is none').toEqual({ scores: {} });
    tap(words.more(words.effort));
    tap(words.next);
    for (let i = 0; i < 5; i++) tap(words.more(words.impact));
    tap(words.more(words.effort));
    expect(fields.read()).toEqual({ scores: { a: { impact: 1, effort: 1 }, b: { impact: 5, effort: 1 } } });
    expect(document.body.textContent).toContain('impact 5, effort 1');
    expect(fields.count.textContent).toBe('2 placés sur 4');
  });

  it('are set by touching the plane, which goes on to the next', () => {
    const fields = shown(planeFields(question, speech, {}));
    const plane = document.querySelector<HTMLElement>('.plane');
    if (!plane) throw new Error('no plane');
    let held = false;
    Object.assign(plane, { setPointerCapture: () => (held = true), hasPointerCapture: () => held, releasePointerCapture: () => (held = false) });
    plane.getBoundingClientRect = () => ({ left: 0, top: 0, width: 100, height: 100 }) as DOMRect;
    const touch = (type: string, x: number, y: number) => plane.dispatchEvent(Object.assign(new Event(type, { bubbles: true, cancelable: true }), { clientX: x, clientY: y, pointerId: 1 }));
    touch('pointerdown', 90, 90);
    touch('pointermove', 95, 5);
    touch('pointerup', 95, 5);
    touch('pointerdown', 5, 95);
    touch('pointerup', 5, 95);
    expect(fields.read()).toEqual({ scores: { a: { impact: 5, effort: 5 }, b: { impact: 1, effort: 1 } } });
    expect(document.querySelector('.name')?.textContent).toBe('3. Vélo');
  });
});

describe('other bulletins', () => {
  it('of a budget say what it comes to, and when it is more than there is', () => {
    const fields = shown(approvalFields({ ...question, method: 'budget', budget: 500 }, speech, []));
    const boxes = document.querySelectorAll<HTMLInputElement>('input');
    boxes[0]?.click();
    boxes[2]?.click();
    expect(fields.count.textContent?.replaceAll(/\s/gu, ' ')).toBe('400 € retenus sur 500 €');
    boxes[3]?.click();
    expect(fields.count.textContent).toContain('plus que l’enveloppe');
    expect(fields.read()).toEqual({ approve: ['a', 'c', 'd'] });
  });

  it('of consent ask the reason of an objection, and send no other', () => {
    const fields = shown(consentFields(question, speech, {}, {}));
    check('Bus', words.object);
    check('Prêt', words.consent);
    const reason = document.querySelector<HTMLTextAreaElement>(`textarea[aria-label="${words.reasonOf('Bus')}"]`);
    if (!reason) throw new Error('no reason asked');
    expect([...document.querySelectorAll<HTMLElement>('.why')].map((one) => one.hidden)).toEqual([false, true, true, true]);
    reason.value = 'Trop loin';
    reason.dispatchEvent(new Event('input', { bubbles: true }));
    expect(fields.read()).toEqual({ consent: { stances: { a: 'object', b: 'consent' }, reasons: { a: 'Trop loin' } } });
    check('Bus', words.standAside);
    expect(fields.read()).toEqual({ consent: { stances: { a: 'stand-aside', b: 'consent' }, reasons: {} } });
  });

  it('of opinions agree, disagree or pass', () => {
    const fields = shown(opinionFields(question, speech, {}));
    check('Bus', words.agree);
    check('Prêt', words.disagree);
    check('Vélo', words.pass);
    expect(fields.read()).toEqual({ votes: { a: 1, b: -1, c: 0 } });
    expect(fields.count.textContent).toBe('3 réponses sur 4');
  });
});

it('options stand in another order on each phone, and always the same on one', () => {
  const asked = { ...question, shuffled: true };
  const order = (secret: string) => shuffled(asked, secret).options.map((one) => one.id).join('');
  const orders = new Set(Array.from({ length: 40 }, (_, i) => order(`secret ${i}`)));
  expect(orders.size).toBeGreaterThan(8);
  expect(order('one')).toBe(order('one'));
  const first = Array.from({ length: 400 }, (_, i) => order(`${i}`)[0]);
  for (const id of 'abcd') expect(first.filter((one) => one === id).length, `« ${id} » stands first as often as others`).toBeGreaterThan(50);
  expect(shuffled(question, 'one')).toBe(question);
});
