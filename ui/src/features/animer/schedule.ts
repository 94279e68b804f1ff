/** How the déroulé stands against the clock. The clock is given, never read. */

export interface TimedStep {
  id: string;
  title?: string;
  minutes: number | null;
  /** Minutes as planned, where the room has since made it longer or shorter. */
  planned?: number | null;
  /** Minutes under which its method no longer works. */
  shortest?: number | null;
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
const planned = (step: TimedStep) => (step.planned ?? step.minutes ?? 0) * MINUTE;

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
  const plannedEnd = start + steps.reduce((sum, s) => sum + planned(s), 0);
  if (firstStarted === null) return { current: null, plannedEnd, expectedEnd: start + steps.reduce((sum, s) => sum + length(s), 0), drift: 0 };

  const rest = steps.filter((s) => s.started_at === null).reduce((sum, s) => sum + length(s), 0);
  const lastEnd = Math.max(...steps.map((s) => s.ended_at ?? 0));
  const from = current ? Math.max(now, (current.started_at ?? now) + length(current)) : rest > 0 ? Math.max(now, lastEnd) : lastEnd;
  const expectedEnd = from + rest;
  return { current: current?.id ?? null, plannedEnd, expectedEnd, drift: Math.round((expectedEnd - plannedEnd) / MINUTE) };
}

/** Minutes under which being late or early is not worth a word. */
const WORTH_A_WORD = 3;
/** Without a method, a séquence keeps this share of its length at least, and these minutes. */
const KEPT_SHARE = 0.6;
const KEPT_MINUTES = 5;

/** A séquence to shorten, and by how much. */
export interface Cut {
  id: string;
  title: string;
  from: number;
  to: number;
}

/** What would win back the time lost: as few of the séquences to come as possible, none below what its method needs. */
export function catchUp(steps: readonly TimedStep[], drift: number): Cut[] {
  if (drift < WORTH_A_WORD) return [];
  const least = (step: TimedStep) => Math.min(step.minutes ?? 0, step.shortest ?? Math.max(KEPT_MINUTES, Math.ceil((step.minutes ?? 0) * KEPT_SHARE)));
  const spare = (step: TimedStep) => (step.minutes ?? 0) - least(step);
  const later = steps.filter((step) => step.started_at === null && spare(step) > 0);
  let left = drift;
  const cuts = new Map<string, number>();
  // One that can give it all, and would miss it least, before several that give a little.
  for (const step of later.toSorted((a, b) => spare(b) - spare(a))) {
    if (left === 0) break;
    const by = Math.min(spare(step), left);
    cuts.set(step.id, by);
    left -= by;
  }
  return later.flatMap((step) => {
    const by = cuts.get(step.id);
    return by === undefined ? [] : [{ id: step.id, title: step.title ?? '', from: step.minutes ?? 0, to: (step.minutes ?? 0) - by }];
  });
}

/** When each séquence starts: as it did, else as it will if the rest takes its time. */
export function startTimes(steps: readonly TimedStep[], plan: Schedule, now: number): (number | null)[] {
  if (plan.expectedEnd === null) return steps.map((step) => step.started_at);
  let at = plan.expectedEnd - steps.filter((step) => step.started_at === null).reduce((sum, step) => sum + length(step), 0);
  return steps.map((step) => {
    if (step.started_at !== null) return step.started_at;
    const start = at;
    at += length(step);
    return Math.max(start, step.id === plan.current ? now : start);
  });
}
