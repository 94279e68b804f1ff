import { expect, test } from 'vitest';
import { countdown } from '@/kit/clock';
import { range, step } from './grid';
import { groupByNumber, suggestName } from './naming';
import { schedule } from './schedule';

const columns = [['a', 'b', 'c'], [], ['d']];

test('arrows step over an empty column and hold at the edges', () => {
  expect(step(columns, 'c', 'right')).toBe('d');
  expect(step(columns, 'd', 'left')).toBe('a');
  expect(step(columns, 'a', 'up')).toBe('a');
  expect(step(columns, 'd', 'right')).toBe('d');
  expect(step(columns, null, 'down')).toBe('a');
});

test('a range goes in reading order whichever end comes first', () => {
  expect(range(columns, 'd', 'b')).toEqual(['b', 'c', 'd']);
});

test('a name is suggested from the words that proposals share', () => {
  expect(suggestName(['Aide au permis', 'Passer le permis plus vite', 'Le permis pour tous'])).toBe('Permis');
  expect(suggestName(['Prêter des scooters le temps du permis'])).toBe('Prêter des scooters le temps');
});

test('a number typed as a name means the regroupement of that number', () => {
  expect(groupByNumber('2', ['x', 'y'])).toBe('y');
  expect(groupByNumber('3', ['x', 'y'])).toBeNull();
  expect(groupByNumber('2 roues', ['x', 'y'])).toBeNull();
});

const minute = 60_000;
const at = (time: string) => new Date(`2022-06-23T${time}:00`).getTime();
const steps = [
  { id: 's1', minutes: 10, started_at: at('14:00'), ended_at: at('14:13') },
  { id: 's2', minutes: 20, started_at: at('14:13'), ended_at: null },
  { id: 's3', minutes: 30, started_at: null, ended_at: null },
];

test('the delay so far moves the expected end', () => {
  const found = schedule(steps, '2022-06-23', '14:00', at('14:20'));
  expect(found).toMatchObject({ current: 's2', drift: 3, plannedEnd: at('15:00'), expectedEnd: at('15:03') });
});

test('a séquence that runs over its minutes adds to the delay as it goes', () => {
  expect(schedule(steps, '2022-06-23', '14:00', at('14:40')).drift).toBe(10);
});

test('a rehearsal at another hour is measured from its own start', () => {
  expect(schedule(steps, '2022-06-23', '09:00', at('14:20')).drift).toBe(3);
});

test('a countdown rounds up while it runs and shows how far it is over', () => {
  expect(countdown(40 * minute)).toBe('40:00');
  expect(countdown(12 * minute + 3_200)).toBe('12:04');
  expect(countdown(-90_000)).toBe('−1:30');
  expect(countdown(62 * minute)).toBe('1:02:00');
});
