import type { BallotView, Outcome } from '@/ipc';

/** The result of a vote as rows to draw: rank first, ties told, words instead of ids. */

export interface Row {
  id: string;
  label: string;
  /** 1 for the best; those that tie have the same. */
  rank: number;
  tied: boolean;
}

export interface MeritRow extends Row {
  /** Name of the majority grade. */
  grade: string;
  median: number;
  /** Bulletins per grade, worst first. */
  counts: number[];
}

export interface BarRow extends Row {
  value: number;
  supporters: number | null;
  /** Of those present, 0 to 1. */
  share: number | null;
}

type Question = Pick<BallotView, 'options' | 'grade_names' | 'present_count'>;

/** Options from best to worst, those that tie with one rank. */
export function ranked(ballot: Question, outcome: Outcome): Row[] {
  const labels = new Map(ballot.options.map((o) => [o.id, o.label]));
  let rank = 1;
  return outcome.ranking.flatMap((ids) => {
    const rows = ids.map((id) => ({ id, label: labels.get(id) ?? id, rank, tied: ids.length > 1 }));
    rank += ids.length;
    return rows;
  });
}

export function merits(ballot: Question, outcome: Outcome): MeritRow[] {
  return ranked(ballot, outcome).map((row) => {
    const score = outcome.scores[row.id];
    const median = score?.median ?? 0;
    return { ...row, median, grade: ballot.grade_names[median] ?? '', counts: [...(score?.profile ?? [])] };
  });
}

export function bars(ballot: Question, outcome: Outcome): BarRow[] {
  return ranked(ballot, outcome).map((row) => {
    const score = outcome.scores[row.id];
    const share = score?.per_mille == null ? null : score.per_mille / 1000;
    return { ...row, value: score?.points ?? score?.votes ?? 0, supporters: score?.supporters ?? null, share };
  });
}
