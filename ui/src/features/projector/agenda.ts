/** Where the déroulé stands, as the wall tells it. */
import type { ProjectedStep } from '@/ipc';

export interface Standing {
  /** The séquence under way, if one is. */
  now: number | null;
  /** The one that comes next. */
  next: number | null;
  /** The first line to show where not all of them fit, so that what is now and next is always among them. */
  first: number;
}

/** `fits`: how many lines the wall holds. */
export function standing(steps: readonly ProjectedStep[], fits: number): Standing {
  const now = steps.findLastIndex((step) => step.started_at !== null && step.ended_at === null);
  const begun = steps.findLastIndex((step) => step.started_at !== null);
  const next = begun + 1 < steps.length ? begun + 1 : null;
  const looked = Math.max(begun, 0);
  return { now: now < 0 ? null : now, next, first: Math.max(0, Math.min(looked - 1, steps.length - fits)) };
}

/** Milliseconds that the séquence under way has left: by the timer while it runs, else by its minutes. */
export function stepLeft(step: ProjectedStep | undefined, timer: number | null, now: number): number | null {
  if (!step) return timer;
  if (timer !== null) return timer;
  return step.minutes === null || step.started_at === null ? null : step.started_at + step.minutes * 60_000 - now;
}
