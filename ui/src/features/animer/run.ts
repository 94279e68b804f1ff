import { api, type StepRow } from '@/ipc';

/** Starts a séquence: the one under way ends, the timer takes its minutes, the atelier is running. */
export async function startStep(workshop: { id: string; state: string; steps: readonly StepRow[] }, id: string, now: number): Promise<void> {
  const step = workshop.steps.find((s) => s.id === id);
  if (!step) return;
  const current = workshop.steps.find((s) => s.started_at !== null && s.ended_at === null);
  if (current && current.id !== id) await api.edit(current.id, { ended_at: now });
  await api.edit(id, { started_at: now, ended_at: null });
  if (workshop.state === 'planned') await api.edit(workshop.id, { state: 'running' });
  await api.setTimer(step.minutes);
}

/** Ends the séquence under way. */
export async function endStep(id: string, now: number): Promise<void> {
  await api.edit(id, { ended_at: now });
  await api.setTimer(null);
}

/** The séquence that comes next: the one after the latest begun, else the first. */
export function nextStep(steps: readonly StepRow[]): StepRow | undefined {
  const latest = steps.findLastIndex((s) => s.started_at !== null);
  return steps[latest + 1];
}
