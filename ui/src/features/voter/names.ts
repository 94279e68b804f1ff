import { t } from '@/i18n/index.svelte';
import type { RoomMethod } from '@/ipc';
import { RANKINGS } from './setup';

/** A method as people call it; what counts a ranking is named with it. */
export function methodName(method: RoomMethod): string {
  const ranking = RANKINGS.find((one) => one === method);
  if (ranking !== undefined) return t(`voter.ranking.${ranking}`);
  switch (method) {
    case 'unknown': return t('voter.page.unknown');
    case 'borda': case 'copeland': case 'irv': case 'ranked-pairs': return t(`voter.ranking.${method}`);
    default: return t(`voter.method.${method}.name`);
  }
}
