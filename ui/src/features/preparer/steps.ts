//! A déroulé's times, and what people type to add to it.
import { addMinutes } from '@/i18n/format';
import type { StepRow } from '@/ipc';

/** What times need of a séquence. */
export type Timed = Pick<StepRow, 'id' | 'minutes'>;

/** When each step starts, and when the last ends, from the atelier's start. */
export function startTimes(steps: readonly Timed[], start: string | null): { starts: (string | null)[]; end: string | null; minutes: number } {
  let minutes = 0;
  const starts = steps.map((step) => {
    const at = start === null ? null : addMinutes(start, minutes);
    minutes += step.minutes ?? 0;
    return at;
  });
  return { starts, end: start === null ? null : addMinutes(start, minutes), minutes };
}

/** « Vote 15 » is a step of fifteen minutes called « Vote ». */
export function readStep(text: string): { title: string; minutes: number | null } {
  const found = /^(.*\S)\s+(\d{1,3})\s*(?:min|mn|['′])?$/.exec(text.trim());
  return found?.[1] ? { title: found[1], minutes: Number(found[2]) } : { title: text.trim(), minutes: null };
}

/** Minutes from one time of day to another. */
export function minutesBetween(from: string, to: string): number {
  const minutes = (time: string) => time.split(':').map(Number).reduce((sum, part) => sum * 60 + part, 0);
  return minutes(to) - minutes(from);
}

/** Pixels that a minute takes in the list, and the least and most that a séquence takes. */
const PER_MINUTE = 2.2;
const LEAST = 46;
const MOST = 150;

/** How tall a séquence is drawn: longer ones are seen to be longer, within reason. */
export const heightOf = (minutes: number | null): number => Math.round(Math.min(MOST, Math.max(LEAST, (minutes ?? 0) * PER_MINUTE)));

/** The length that dragging the lower edge by some pixels gives: five minutes at a time, or one. */
export function stretched(minutes: number, pixels: number, fine: boolean): number {
  const by = fine ? 1 : 5;
  // Within the first few pixels nothing has been asked for yet.
  const wanted = minutes + pixels / PER_MINUTE;
  if (Math.abs(wanted - minutes) < by / 2) return minutes;
  return Math.max(by, Math.round(wanted / by) * by);
}

/** A step of keys: to the next multiple of five, or by one. */
export function stepped(minutes: number, way: 1 | -1, fine: boolean): number {
  if (fine) return Math.max(1, minutes + way);
  const next = way === 1 ? Math.floor(minutes / 5) * 5 + 5 : Math.ceil(minutes / 5) * 5 - 5;
  return Math.max(1, next);
}
