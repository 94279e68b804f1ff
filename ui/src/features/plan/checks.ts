import type { Check } from '@/ipc';
import { href } from '@/router/index.svelte';

/** The part of an action's page where a finding is mended. */
function part(check: Check): string {
  const { found } = check;
  switch (found.check) {
    case 'gap':
      return found.gap;
    case 'before_another':
      return 'preceding';
    case 'step_outside':
      return 'milestones';
    case 'baseline':
      return 'indicators';
    case 'funding_amount':
    case 'funding_year':
    case 'funding_over':
      return 'funding';
    default:
      return 'description';
  }
}

/** Where a finding is mended, in one click. */
export function placeOf(check: Check): string {
  const { found, action } = check;
  if (action) return href('plan', action.id, part(check));
  switch (found.check) {
    case 'unanswered':
      return href('consolider', 'suites');
    case 'overloaded':
    case 'not_agreed':
      return href('consolider', 'suites', 'partenaires', found.organisation.id);
    case 'not_discussed':
      return href('preparer', 'ateliers');
    case 'minority':
      return href('animer', found.workshop, 'proposal', found.proposal.id);
    case 'emblem':
      return href('documents', 'charte');
    case 'same_month':
      return href('plan', 'calendrier');
    case 'statement':
    case 'acronym':
      return href('preparer', 'demarche');
    default:
      return href('plan');
  }
}
