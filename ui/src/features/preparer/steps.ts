//! A déroulé's times, and what people type to add to it.
import { addMinutes } from '@/i18n/format';
import { t, type Key } from '@/i18n/index.svelte';
import type { StepRow } from '@/ipc';

/** When each step starts, and when the last ends, from the atelier's start. */
export function startTimes(steps: StepRow[], start: string | null): { starts: (string | null)[]; end: string | null; minutes: number } {
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

/** The déroulé that most ateliers follow. */
export function standardSteps(): { title: string; minutes: number }[] {
  return [10, 15, 40, 20, 15, 20, 5].map((minutes, index) => ({ title: t(`preparer.standard.${index + 1}` as Key), minutes }));
}

/** Minutes from one time of day to another. */
export function minutesBetween(from: string, to: string): number {
  const minutes = (time: string) => time.split(':').map(Number).reduce((sum, part) => sum * 60 + part, 0);
  return minutes(to) - minutes(from);
}
