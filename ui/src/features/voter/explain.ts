import { formatEuros, formatNumber } from '@/i18n/format';
import { t } from '@/i18n/index.svelte';
import type { BallotView, Outcome } from '@/ipc';

type Step = Outcome['explanation'][number];
type Of<Name extends Step['step']> = Extract<Step, { step: Name }>;

/** The steps that led to the result, one sentence each. */
export function explain(ballot: BallotView, outcome: Outcome): string[] {
  const labels = new Map(ballot.options.map((o) => [o.id, o.label]));
  const name = (id: string) => t('voter.why.quoted', { text: labels.get(id) ?? id });
  const list = (ids: readonly string[]) => ids.map(name).join(', ');
  const grade = (g: number) => ballot.grade_names[g] ?? String(g);
  const number = (n: number) => formatNumber(Math.round(n * 100) / 100);
  const totals = (step: Of<'totals'>) => {
    const said = step.totals.map(([id, total]) => t('voter.why.total', { name: name(id), total: number(total) })).join(', ');
    const method = outcome.method;
    if (method === 'hands' || method === 'dots' || method === 'score') return t(`voter.why.totals.${method}`, { list: said });
    return t('voter.why.totals.approval', { list: said });
  };
  let round = 0;

  const sentence = (step: Step): string => {
    switch (step.step) {
      case 'totals': return totals(step);
      case 'median':
        return step.options.length === 1
          ? t('voter.why.median_one', { name: list(step.options), grade: grade(step.grade) })
          : t('voter.why.median_many', { list: list(step.options), grade: grade(step.grade) });
      case 'separated':
        return t('voter.why.separated', { better: name(step.better), worse: name(step.worse), count: step.removed, first: grade(step.grades[0]), second: grade(step.grades[1]) });
      case 'duels': return t('voter.why.duels');
      case 'locked': return t('voter.why.locked', { better: name(step.better), worse: name(step.worse), count: step.margin });
      case 'quota': return t('voter.why.quota', { votes: number(step.votes) });
      case 'round': {
        round += 1;
        const votes = step.votes.filter(([, n]) => n > 0).map(([id, n]) => t('voter.why.total', { name: name(id), total: number(n) })).join(', ');
        const happened = [
          ...(step.elected.length > 0 ? [t('voter.why.elected', { list: list(step.elected), count: step.elected.length })] : []),
          ...(step.eliminated.length > 0 ? [t('voter.why.eliminated', { list: list(step.eliminated), count: step.eliminated.length })] : []),
        ];
        return t('voter.why.round', { n: round, votes, happened: happened.join(' ') });
      }
      case 'broken':
        return t(step.by === 'earlier_rounds' ? 'voter.why.broken_rounds' : 'voter.why.broken_order', { list: list(step.options), taken: name(step.taken) });
      case 'funded':
        return step.share === null
          ? t('voter.why.funded', { name: name(step.option), cost: formatEuros(step.cost * 100), left: formatEuros(step.left * 100) })
          : t('voter.why.funded_share', { name: name(step.option), cost: formatEuros(step.cost * 100), share: formatEuros(Math.round(step.share * 100)), left: formatEuros(step.left * 100) });
      case 'seat': return t('voter.why.seat', { name: name(step.option), votes: number(step.votes) });
      case 'best_sets': return t('voter.why.best_sets', { count: step.sets.length, worth: number(step.worth) });
      case 'fitted': return t('voter.why.fitted', { prior: number(step.prior) });
      case 'quadrants': return t('voter.why.quadrants', { middle: number(step.middle) });
      case 'objection': return t('voter.why.objection', { name: name(step.option), count: step.count });
      case 'groups': return t('voter.why.groups', { count: step.sizes.length, list: step.sizes.map(([, n]) => number(n)).join(', ') });
      case 'grouped': return t('voter.why.grouped', { silhouette: number(step.silhouette), count: step.left_out });
      case 'quorum': return t(step.reached ? 'voter.why.quorum_reached' : 'voter.why.quorum_missed', { needed: step.needed, there: number(step.there) });
      case 'tie': return t('voter.why.tie', { list: list(step.options) });
      // What to ask next is for the page, not for the reason of a result.
      case 'next_duel': return '';
      default: return '';
    }
  };
  return outcome.explanation.map(sentence).filter(Boolean);
}
