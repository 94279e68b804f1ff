import type { StepRow } from '@/ipc';
import { expect, it } from 'vitest';
import { minutesBetween, readStep, startTimes } from './steps';

const step = (minutes: number | null): StepRow => ({ id: String(minutes), title: 's', minutes, method: null, started_at: null, ended_at: null });

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
