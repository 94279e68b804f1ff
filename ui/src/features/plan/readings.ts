import type { TrackedIndicator } from '@/ipc';

const HEIGHT = 24;
const EDGE = 2;

/** An indicator's readings as points of a line 100 wide and 24 high, in time; null where nothing was read as a number. */
export function line(indicator: Pick<TrackedIndicator, 'from' | 'to' | 'measures'>): { points: string; target: number | null } | null {
  const read = indicator.measures.flatMap((one) => (one.number === null ? [] : [{ at: Date.parse(one.date), value: one.number }]));
  if (read.length === 0) return null;
  const values = [...read.map((one) => one.value), indicator.from, indicator.to].filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = (value: number) => (high === low ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE));
  const [first, last] = [read[0]?.at ?? 0, read.at(-1)?.at ?? 0];
  const x = (time: number) => (last === first ? 100 : 10 + ((time - first) / (last - first)) * 90);
  const start = indicator.from === null ? [] : [`0,${round(y(indicator.from))}`];
  const points = [...start, ...read.map((one) => `${round(x(one.at))},${round(y(one.value))}`)];
  if (points.length === 1) points.unshift(`0,${points[0]?.split(',')[1] ?? HEIGHT / 2}`);
  return { points: points.join(' '), target: indicator.to === null ? null : round(y(indicator.to)) };
}

const round = (value: number): number => Math.round(value * 10) / 10;
