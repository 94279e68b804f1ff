import { word } from '@/i18n/index.svelte';

/** From which spread of opinions a room is said to be divided: half as far apart as it could be. */
export const DIVIDED = 0.5;

/** A decision in words; one that this version does not know stands as written. */
export const decisionWord = (kind: string): string => word('arbitrer.decision', kind);

export function tone(kind: string): 'ok' | 'gold' | 'plain' | 'bad' {
  if (kind === 'retain' || kind === 'merge') return 'ok';
  if (kind === 'study') return 'gold';
  return kind === 'set_aside' ? 'bad' : 'plain';
}
