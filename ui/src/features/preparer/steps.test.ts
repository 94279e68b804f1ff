import type { MethodView } from '@/ipc';
import { expect, it } from 'vitest';
import { found, minutesFor, sizeOf } from './library';
import { heightOf, minutesBetween, readStep, startTimes, stepped, stretched, type Timed } from './steps';

const step = (minutes: number | null): Timed => ({ id: String(minutes), minutes });

it('each step starts when the one before ends', () => {
  expect(startTimes([step(10), step(null), step(40)], '14:00')).toEqual({ starts: ['14:00', '14:10', '14:10'], end: '14:50', minutes: 50 });
  expect(startTimes([step(10)], null)).toEqual({ starts: [null], end: null, minutes: 10 });
});

it('a title with minutes at its end is both', () => {
  expect(readStep('Vote 15')).toEqual({ title: 'Vote', minutes: 15 });
  expect(readStep('Vote 15 min')).toEqual({ title: 'Vote', minutes: 15 });
  expect(readStep('Tour de table')).toEqual({ title: 'Tour de table', minutes: null });
  expect(readStep('2022')).toEqual({ title: '2022', minutes: null });
  expect(minutesBetween('14:00', '16:05')).toBe(125);
});

it('dragging an edge goes by five minutes, by one with Shift, and never below', () => {
  expect(stretched(20, 3, false)).toBe(20);
  expect(stretched(20, 12, false)).toBe(25);
  expect(stretched(20, -500, false)).toBe(5);
  expect(stretched(20, 5, true)).toBe(22);
  // A length that is no multiple of five is drawn to one, not beyond.
  expect(stretched(17, 7, false)).toBe(20);
});

it('keys go to the next five minutes, or by one', () => {
  expect([stepped(17, 1, false), stepped(17, -1, false), stepped(20, 1, false), stepped(20, -1, true)]).toEqual([20, 15, 25, 19]);
  expect(stepped(3, -1, false)).toBe(1);
});

it('a longer séquence is drawn taller, within reason', () => {
  expect(heightOf(5)).toBe(heightOf(null));
  expect(heightOf(60)).toBeGreaterThan(heightOf(30));
  expect(heightOf(600)).toBe(heightOf(90));
});

const method = (id: string, name: string, goal: string): MethodView => ({ id, family: 'open', name, goal, material: [], wording: '', steps: [], tip: '', minutes: [10, 15, 20], shortest: 5 });

it('a method is found by its name first, whatever the accents, then by what it says', () => {
  const all = [method('a', 'Tour de table', 'avant un vote'), method('b', 'Vote par gommettes', 'décider'), method('c', 'Pause', 'souffler')];
  expect(found(all, 'vote').map((one) => one.id)).toEqual(['b', 'a']);
  expect(found(all, 'DECIDER').map((one) => one.id)).toEqual(['b']);
  expect(found(all, '').length).toBe(3);
  expect(found(all, 'poney')).toEqual([]);
});

it('the size of the room says how long a method takes', () => {
  const one = method('a', 'a', '');
  expect([12, 13, 31, null].map((people) => minutesFor(one, sizeOf(people)))).toEqual([10, 15, 20, 15]);
});
