import { expect, test } from 'vitest';
import { hasRung } from './run';
import { catchUp, instant, schedule, startTimes, type TimedStep } from './schedule';

const at = (time: string) => instant('2022-06-23', time) ?? 0;
const step = (id: string, minutes: number, more: Partial<TimedStep> = {}): TimedStep => ({ id, title: id, minutes, started_at: null, ended_at: null, ...more });
const running = (id: string, minutes: number, from: string, more: Partial<TimedStep> = {}) => step(id, minutes, { started_at: at(from), ...more });

test('a séquence made longer in the room makes the day late, though the new lengths add up', () => {
  const steps = [running('a', 20, '14:00', { planned: 10 }), step('b', 30)];
  const plan = schedule(steps, '2022-06-23', '14:00', at('14:05'));
  expect(plan.plannedEnd).toBe(at('14:40'));
  expect(plan.expectedEnd).toBe(at('14:50'));
  expect(plan.drift).toBe(10);
});

test('a later séquence made shorter wins the time back', () => {
  const steps = [running('a', 20, '14:00', { planned: 10 }), step('b', 20, { planned: 30 })];
  expect(schedule(steps, '2022-06-23', '14:00', at('14:05')).drift).toBe(0);
});

test('eight minutes late: one séquence that can give them is proposed, not several', () => {
  const steps = [running('a', 10, '14:00'), step('propositions', 40, { shortest: 20 }), step('vote', 15, { shortest: 7 })];
  expect(catchUp(steps, 8)).toEqual([{ id: 'propositions', title: 'propositions', from: 40, to: 32 }]);
});

test('nothing is cut below what its method needs, and what has begun is left alone', () => {
  const steps = [running('a', 60, '14:00'), step('b', 20, { shortest: 15 }), step('c', 15, { shortest: 7 })];
  const cuts = catchUp(steps, 30);
  expect(cuts.map(({ id, to }) => [id, to])).toEqual([['b', 15], ['c', 7]]);
});

test('without a method a séquence keeps three fifths of its length, and five minutes', () => {
  expect(catchUp([step('a', 40)], 60)).toEqual([{ id: 'a', title: 'a', from: 40, to: 24 }]);
  expect(catchUp([step('a', 5)], 60)).toEqual([]);
});

test('a minute or two is not worth a word, and being early asks for nothing', () => {
  const steps = [step('a', 40)];
  expect(catchUp(steps, 2)).toEqual([]);
  expect(catchUp(steps, -10)).toEqual([]);
});

test('séquences to come are told when they will start, as things go', () => {
  const steps = [step('a', 10, { started_at: at('14:00'), ended_at: at('14:20') }), running('b', 30, '14:20'), step('c', 15), step('d', 5)];
  const plan = schedule(steps, '2022-06-23', '14:00', at('14:30'));
  expect(startTimes(steps, plan, at('14:30'))).toEqual([at('14:00'), at('14:20'), at('14:50'), at('15:05')]);
});

test('the countdown sounds once, when it ends, and not when a page opens long after', () => {
  const timer = { ends_at: 1_000_000, left: null, total: 60_000 };
  expect(hasRung(timer, 999_800, 1_000_300)).toBe(true);
  expect(hasRung(timer, 1_000_300, 1_000_800)).toBe(false);
  // A laptop that slept an hour does not sound on waking.
  expect(hasRung(timer, 999_800, 4_600_000)).toBe(false);
  expect(hasRung({ ends_at: null, left: 10, total: 60_000 }, 0, 1)).toBe(false);
  expect(hasRung(undefined, 0, 1)).toBe(false);
});
