import type { OutcomeKind } from '@/ipc';

/** The colour of an outcome, always beside its word. */
export function toneOf(kind: OutcomeKind): 'ok' | 'gold' | 'plain' | 'bad' {
  if (kind === 'taken_up' || kind === 'retained') return 'ok';
  if (kind === 'study' || kind === 'referred') return 'gold';
  return kind === 'set_aside' ? 'bad' : 'plain';
}
