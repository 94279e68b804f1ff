/** How the déroulé stands against the clock. The clock is given, never read. */

export interface TimedStep {
  id: string;
  minutes: number | null;
  started_at: number | null;
  ended_at: number | null;
}

export interface Schedule {
  /** The séquence under way, if one is. */
  current: string | null;
  /** When all should be over, as planned. */
  plannedEnd: number | null;
  /** When all will be over if the rest takes its time. */
  expectedEnd: number | null;
  /** Minutes late (positive) or early (negative). */
  drift: number;
}

const MINUTE = 60_000;
const length = (step: TimedStep) => (step.minutes ?? 0) * MINUTE;

/** Local midnight-based instant of `HH:MM` on a day, or null when either is missing. */
export function instant(date: string | null, time: string | null): number | null {
  if (!date || !time) return null;
  const value = new Date(`${date}T${time.length === 5 ? time : time.slice(0, 5)}:00`).getTime();
  return Number.isNaN(value) ? null : value;
}

export function schedule(
  steps: readonly TimedStep[],
  date: string | null,
  startsAt: string | null,
  now: number,
): Schedule {
  const current = steps.find((s) => s.started_at !== null && s.ended_at === null) ?? null;
  const firstStarted = steps.find((s) => s.started_at !== null)?.started_at ?? null;
  const onPaper = instant(date, startsAt);
  // A rehearsal, or an atelier moved by hours, keeps the planned lengths and takes its own start.
  const near = onPaper !== null && (firstStarted === null || Math.abs(firstStarted - onPaper) < 120 * MINUTE);
  const start = near ? onPaper : (firstStarted ?? onPaper);
  if (start === null) return { current: current?.id ?? null, plannedEnd: null, expectedEnd: null, drift: 0 };
  const plannedEnd = start + steps.reduce((sum, s) => sum + length(s), 0);
  if (firstStarted === null) return { current: null, plannedEnd, expectedEnd: plannedEnd, drift: 0 };

  const rest = steps.filter((s) => s.started_at === null).reduce((sum, s) => sum + length(s), 0);
  const lastEnd = Math.max(...steps.map((s) => s.ended_at ?? 0));
  const from = current ? Math.max(now, (current.started_at ?? now) + length(current)) : rest > 0 ? Math.max(now, lastEnd) : lastEnd;
  const expectedEnd = from + rest;
  return { current: current?.id ?? null, plannedEnd, expectedEnd, drift: Math.round((expectedEnd - plannedEnd) / MINUTE) };
}
