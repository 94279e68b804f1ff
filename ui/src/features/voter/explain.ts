import { t } from '@/i18n/index.svelte';
import type { BallotView, Outcome } from '@/ipc';

type Step = Outcome['explanation'][number];

/** The steps that led to the result, one sentence each. */
export function explain(ballot: BallotView, outcome: Outcome): string[] {
  const labels = new Map(ballot.options.map((o) => [o.id, o.label]));
  const name = (id: string) => t('voter.why.quoted', { text: labels.get(id) ?? id });
  const list = (ids: readonly string[]) => ids.map(name).join(', ');
  const grade = (g: number) => ballot.grade_names[g] ?? String(g);

  const sentence = (step: Step): string => {
    switch (step.step) {
      case 'totals':
        return t(`voter.why.totals.${ballot.method}`, {
          list: step.totals.map(([id, total]) => t('voter.why.total', { name: name(id), total })).join(', '),
        });
      case 'median':
        return step.options.length === 1
          ? t('voter.why.median_one', { name: list(step.options), grade: grade(step.grade) })
          : t('voter.why.median_many', { list: list(step.options), grade: grade(step.grade) });
      case 'separated':
        return t('voter.why.separated', {
          better: name(step.better),
          worse: name(step.worse),
          count: step.removed,
          first: grade(step.grades[0]),
          second: grade(step.grades[1]),
        });
      case 'tie':
        return t('voter.why.tie', { list: list(step.options) });
      // Steps of methods that are counted from files only.
      default:
        return '';
    }
  };
  return outcome.explanation.map(sentence).filter(Boolean);
}
