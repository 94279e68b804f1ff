import { api, type StepRow, type Timer } from '@/ipc';

/** The séquence that comes next: the one after the latest begun, else the first. */
export function nextStep<S extends Pick<StepRow, 'started_at'>>(steps: readonly S[]): S | undefined {
  const latest = steps.findLastIndex((s) => s.started_at !== null);
  return steps[latest + 1];
}

/** The séquence under way. */
export function currentStep<S extends Pick<StepRow, 'started_at' | 'ended_at'>>(steps: readonly S[]): S | undefined {
  return steps.find((s) => s.started_at !== null && s.ended_at === null);
}

/** What the countdown follows of a séquence. */
export interface Beat {
  id: string;
  started_at: number;
  minutes: number;
}

export function beatOf(steps: readonly StepRow[]): Beat | null {
  const step = currentStep(steps);
  return step?.minutes ? { id: step.id, started_at: step.started_at ?? 0, minutes: step.minutes } : null;
}

const MINUTE = 60_000;

/**
 * Makes the countdown follow the séquence under way, whatever changed it: a key, an undo, another laptop. Made longer or
 * shorter, it keeps its pause.
 */
export async function followBeat(before: Beat | null, now: Beat | null): Promise<void> {
  if (before && now && before.id === now.id && before.started_at === now.started_at) {
    if (before.minutes !== now.minutes) await api.extendTimer(now.minutes - before.minutes);
  } else if (now) {
    await api.runTimer(now.started_at + now.minutes * MINUTE, now.minutes * MINUTE);
  } else if (before) {
    await api.setTimer(null);
  }
}

/** Whether the countdown has just come to its end: only then does it sound. */
export const hasRung = (timer: Timer | undefined, before: number, now: number): boolean => timer?.ends_at != null && before < timer.ends_at && now >= timer.ends_at && now - timer.ends_at < 5_000;
