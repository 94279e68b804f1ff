//! Bulletins typed as a digit per cell: which cells a method has, which digits they take, what they make.
import { t } from '@/i18n/index.svelte';
import type { BallotView } from '@/ipc';
import { isRanked, type Choice } from './cast';

export interface Cells {
  /** Cells per option: one, or an impact and an effort. */
  per: 1 | 2;
  /** Digits that a cell takes. */
  from: number;
  to: number;
  /** What each digit says, in words, where it is not a plain number. */
  names: string[];
  /** What the cells of an option are, where there are two. */
  heads: string[];
}

export function cellsOf(ballot: BallotView): Cells {
  const scale = { from: ballot.settings.min ?? 0, to: Math.min(9, ballot.settings.max ?? 9) };
  const plain = { per: 1 as const, names: [], heads: [] };
  if (ballot.method === 'impact-effort') return { ...scale, per: 2, names: [], heads: [t('voter.chart.head.impact'), t('voter.chart.head.effort')] };
  if (ballot.method === 'consent') return { ...plain, from: 1, to: 3, names: [t('voter.chart.stance.consent'), t('voter.chart.stance.aside'), t('voter.chart.stance.object')] };
  if (ballot.method === 'consensus') return { ...plain, from: 1, to: 3, names: [t('voter.enter.opinion.agree'), t('voter.enter.opinion.pass'), t('voter.enter.opinion.disagree')] };
  if (isRanked(ballot.method)) return { ...plain, from: 1, to: Math.min(10, ballot.options.length) };
  return { ...plain, ...scale };
}

/** The number that a typed digit stands for; 0 is the tenth place of an order. */
export const valueOf = (ballot: BallotView, digit: number): number => (digit === 0 && isRanked(ballot.method) ? 10 : digit);

const STANCES = ['consent', 'stand-aside', 'object'] as const;

/** What typed cells say; nothing where no cell is filled, or half of a pair is missing. */
export function choiceOf(ballot: BallotView, values: readonly (number | null)[], reasons: Readonly<Record<string, string>>): Choice | null {
  const ids = ballot.options.map((o) => o.id);
  if (values.every((v) => v === null)) return null;
  if (ballot.method === 'impact-effort') {
    const marks = ids.flatMap((id, i) => {
      const [impact, effort] = [values[2 * i] ?? null, values[2 * i + 1] ?? null];
      return impact === null && effort === null ? [] : [{ id, impact, effort }];
    });
    if (marks.some((m) => m.impact === null || m.effort === null)) return null;
    return { scores: Object.fromEntries(marks.map((m) => [m.id, { impact: m.impact ?? 0, effort: m.effort ?? 0 }])) };
  }
  const said = ids.flatMap((id, i) => (values[i] == null ? [] : [{ id, value: values[i] }]));
  if (isRanked(ballot.method)) {
    const places = [...new Set(said.map((s) => s.value))].sort((a, b) => a - b);
    return { ranking: places.map((place) => said.filter((s) => s.value === place).map((s) => s.id)) };
  }
  if (ballot.method === 'consent') {
    const stances = Object.fromEntries(said.map((s) => [s.id, STANCES[s.value - 1] ?? 'stand-aside']));
    const why = Object.entries(reasons).filter(([id, text]) => stances[id] === 'object' && text.trim() !== '');
    return { stances, ...(why.length > 0 ? { reasons: Object.fromEntries(why) } : {}) };
  }
  if (ballot.method === 'consensus') return { votes: Object.fromEntries(said.map((s) => [s.id, 2 - s.value])) };
  return { scores: Object.fromEntries(said.map((s) => [s.id, s.value])) };
}
