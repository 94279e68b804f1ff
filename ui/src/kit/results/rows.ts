//! A result as rows to draw and as the table that says the same.
import { formatEuros, formatNumber } from '@/i18n/format';
import { t, word } from '@/i18n/index.svelte';
import type { BallotView, Outcome } from '@/ipc';
import { bars, merits, ranked, type Row } from '../outcome';

export type Question = Pick<BallotView, 'options' | 'grade_names' | 'present_count' | 'method' | 'settings'>;
type Step = Outcome['explanation'][number];
type StepOf<Name extends Step['step']> = Extract<Step, { step: Name }>;

/** The steps of one sort, in their order. */
export function steps<Name extends Step['step']>(outcome: Outcome, name: Name): StepOf<Name>[] {
  return outcome.explanation.filter((step): step is StepOf<Name> => step.step === name);
}

export type Picture = 'merit' | 'bars' | 'ranges' | 'duels' | 'rounds' | 'plane' | 'funding' | 'consent' | 'consensus';

/** The picture that shows a result best. */
export function pictureOf(outcome: Outcome): Picture {
  switch (outcome.method) {
    case 'majority-judgment': return 'merit';
    case 'score': case 'pairwise': return 'ranges';
    case 'irv': case 'stv': return 'rounds';
    case 'borda': case 'copeland': case 'ranked-pairs': case 'schulze': return 'duels';
    case 'impact-effort': return 'plane';
    case 'budget': return 'funding';
    case 'consent': return 'consent';
    case 'consensus': return 'consensus';
    default: return 'bars';
  }
}

/** Pictures that show all options at once; the others can be shown a page after the other. */
export const isWhole = (outcome: Outcome): boolean => ['duels', 'rounds', 'plane', 'consensus'].includes(pictureOf(outcome));

/** Letters that a line of a label holds on a wall: longer ones take two lines, and no more. */
const WALL_LETTERS = 30;
/** Letters of a question that stands in one line there. */
const WALL_QUESTION = 58;

/** Duels that a wall shows at once: past that, figures would be too small for ten metres. */
const WALL_DUELS = 12;
/** Rows of rounds in one line each. */
const WALL_ROUNDS = 14;

/**
 * Rows that fit a wall in letters that ten metres can read. Estimated from the number of letters, as the pages of
 * a board are: the same result gives the same pages on every screen.
 */
export function wallRows(question: string, ballot: Question, outcome: Outcome): number {
  const long = ballot.options.some((o) => o.label.length > WALL_LETTERS);
  const less = question.length > WALL_QUESTION ? 1 : 0;
  switch (pictureOf(outcome)) {
    case 'merit': return (long ? 6 : 8) - less - (ballot.grade_names.length > 5 ? 1 : 0);
    case 'duels': return WALL_DUELS;
    case 'rounds': return WALL_ROUNDS - less - (steps(outcome, 'round').some((r) => r.exhausted > 0) ? 1 : 0);
    case 'funding': return (long ? 5 : 8) - less;
    case 'consent': return (steps(outcome, 'objection').some((o) => o.reasons.length > 0) ? 4 : long ? 5 : 7) - less;
    case 'bars': return 6;
    case 'ranges': return 6 - less;
    default: return ballot.options.length;
  }
}

/** What one unit of a bar is. */
export const unitOf = (outcome: Outcome): 'hands' | 'dots' | 'approval' => (outcome.method === 'hands' || outcome.method === 'dots' ? outcome.method : 'approval');

export interface RangeRow extends Row {
  value: number;
  low: number;
  high: number;
  /** Who answered, or duels won and lost, in words. */
  note: string;
}

/** A value with the range around it: means between quartiles, strengths between the bounds of their interval. */
export function ranges(ballot: Question, outcome: Outcome): RangeRow[] {
  return ranked(ballot, outcome).map((row) => {
    const s = outcome.scores[row.id];
    if (s?.interval) return { ...row, value: s.strength, low: s.interval[0], high: s.interval[1], note: t('voter.chart.duels_won', { won: s.won, lost: s.lost }) };
    return { ...row, value: s?.mean ?? 0, low: s?.quartiles?.[0] ?? 0, high: s?.quartiles?.[1] ?? 0, note: t('voter.chart.answers', { count: s?.answers ?? 0 }) };
  });
}

export interface PlaneRow extends Row {
  impact: number;
  effort: number;
  quadrant: string;
  placed: boolean;
}

export function plane(ballot: Question, outcome: Outcome): PlaneRow[] {
  return ranked(ballot, outcome).map((row) => {
    const s = outcome.scores[row.id];
    return { ...row, impact: s?.impact ?? 0, effort: s?.effort ?? 0, quadrant: word('voter.quadrant', s?.quadrant), placed: (s?.answers ?? 0) > 0 };
  });
}

export interface FundingRow extends Row {
  cost: number;
  supporters: number;
  funded: boolean;
}

export function funding(ballot: Question, outcome: Outcome): FundingRow[] {
  return ranked(ballot, outcome).map((row) => ({ ...row, tied: false, cost: outcome.scores[row.id]?.cost ?? 0, supporters: outcome.scores[row.id]?.supporters ?? 0, funded: outcome.winners.includes(row.id) }));
}

export interface ConsentRow extends Row {
  consent: number;
  aside: number;
  object: number;
  stands: boolean;
  reasons: string[];
}

export function consents(ballot: Question, outcome: Outcome): ConsentRow[] {
  const objections = steps(outcome, 'objection');
  return ranked(ballot, outcome).map((row) => {
    const s = outcome.scores[row.id];
    return { ...row, tied: false, consent: s?.consent ?? 0, aside: s?.stand_aside ?? 0, object: s?.object ?? 0, stands: outcome.winners.includes(row.id), reasons: objections.find((o) => o.option === row.id)?.reasons ?? [] };
  });
}

export interface StatementRow extends Row {
  /** Share of all who answered that agree, 0 to 1. */
  agree: number;
  /** How far apart the groups' shares are, 0 to 1. */
  apart: number;
  groups: { name: string; agree: number; disagree: number; pass: number }[];
}

export function statements(ballot: Question, outcome: Outcome): StatementRow[] {
  return ranked(ballot, outcome).map((row) => {
    const groups = (outcome.scores[row.id]?.groups ?? []).map((g) => ({ name: g.group, agree: g.agree, disagree: g.disagree, pass: g.pass }));
    const share = (g: { agree: number; disagree: number; pass: number }) => g.agree / Math.max(1, g.agree + g.disagree + g.pass);
    const all = groups.reduce((sum, g) => ({ agree: sum.agree + g.agree, disagree: sum.disagree + g.disagree, pass: sum.pass + g.pass }), { agree: 0, disagree: 0, pass: 0 });
    const shares = groups.filter((g) => g.agree + g.disagree + g.pass > 0).map(share);
    return { ...row, agree: share(all), apart: shares.length > 1 ? Math.max(...shares) - Math.min(...shares) : 0, groups };
  });
}

export interface Table {
  heads: { text: string; number: boolean }[];
  rows: { id: string; rank: number; tied: boolean; label: string; cells: string[]; marked?: number }[];
}

const percent = (share: number) => t('voter.chart.percent', { percent: Math.round(share * 100) });
/** A margin with its sign, as it stands in the picture. */
export const signed = (value: number): string => (value > 0 ? `+${value}` : value === 0 ? '=' : String(value).replace('-', '−'));
const number = (value: number) => formatNumber(Math.round(value * 100) / 100);

/** The same result as a table, for those who would rather read than look. */
export function tableOf(ballot: Question, outcome: Outcome): Table {
  const head = (text: string, isNumber = true) => ({ text, number: isNumber });
  switch (pictureOf(outcome)) {
    case 'merit':
      return {
        heads: [head(t('voter.chart.grade'), false), ...ballot.grade_names.map((name) => head(name))],
        rows: merits(ballot, outcome).map((r) => ({ ...r, cells: [r.grade, ...ballot.grade_names.map((_, i) => String(r.counts[i] ?? 0))], marked: r.median + 1 })),
      };
    case 'ranges':
      return {
        heads: [head(t(outcome.method === 'score' ? 'voter.chart.head.mean' : 'voter.chart.head.strength')), head(t('voter.chart.head.range')), head(t('voter.chart.head.basis'), false)],
        rows: ranges(ballot, outcome).map((r) => ({ ...r, cells: [number(r.value), t('voter.chart.from_to', { low: number(r.low), high: number(r.high) }), r.note] })),
      };
    case 'duels': {
      const duels = steps(outcome, 'duels')[0];
      const against = (id: string) => duels?.margins[duels.options.indexOf(id)] ?? [];
      const won = (id: string) => against(id).filter((margin) => margin > 0).length;
      const lost = (id: string) => against(id).filter((margin) => margin < 0).length;
      const label = new Map(ballot.options.map((o) => [o.id, o.label]));
      const hardest = (id: string) => {
        const others = (duels?.options ?? []).map((other, at) => ({ other, margin: against(id)[at] ?? 0 })).filter(({ other }) => other !== id);
        const least = others.reduce<(typeof others)[number] | null>((found, one) => (found === null || one.margin < found.margin ? one : found), null);
        return least === null ? '' : t('voter.chart.duel', { other: label.get(least.other) ?? least.other, margin: signed(least.margin) });
      };
      const points = outcome.method === 'borda';
      return {
        heads: [...(points ? [head(t('voter.chart.head.value'))] : []), head(t('voter.chart.head.won')), head(t('voter.chart.head.lost')), head(t('voter.chart.head.hardest'), false)],
        rows: ranked(ballot, outcome).map((r) => ({ ...r, cells: [...(points ? [number(outcome.scores[r.id]?.value ?? 0)] : []), String(won(r.id)), String(lost(r.id)), hardest(r.id)] })),
      };
    }
    case 'rounds': {
      const all = steps(outcome, 'round');
      const end = (id: string) => {
        const at = all.findIndex((r) => r.elected.includes(id) || r.eliminated.includes(id));
        return at < 0 ? '' : `${t(all[at]?.elected.includes(id) ? 'voter.chart.elected' : 'voter.chart.eliminated')}, ${t('voter.chart.in_round', { n: at + 1 })}`;
      };
      const cell = (id: string, at: number) => (all.slice(0, at).some((r) => r.eliminated.includes(id)) ? '' : number(all[at]?.votes.find(([option]) => option === id)?.[1] ?? 0));
      return {
        heads: [...all.map((_, at) => head(t('voter.chart.round', { n: at + 1 }))), head(t('voter.chart.head.outcome'), false)],
        rows: ranked(ballot, outcome).map((r) => ({ ...r, cells: [...all.map((_, at) => cell(r.id, at)), end(r.id)] })),
      };
    }
    case 'plane':
      return {
        heads: [head(t('voter.chart.head.impact')), head(t('voter.chart.head.effort')), head(t('voter.chart.head.quadrant'), false)],
        rows: plane(ballot, outcome).map((r) => ({ ...r, cells: r.placed ? [number(r.impact), number(r.effort), r.quadrant] : ['', '', t('voter.chart.not_placed')] })),
      };
    case 'funding':
      return {
        heads: [head(t('voter.chart.head.cost')), head(t('voter.chart.head.supporters')), head(t('voter.chart.head.funded'), false)],
        rows: funding(ballot, outcome).map((r) => ({ ...r, cells: [formatEuros(r.cost * 100), String(r.supporters), t(r.funded ? 'voter.chart.funded' : 'voter.chart.not_funded')] })),
      };
    case 'consent':
      return {
        heads: [head(t('voter.chart.stance.consent')), head(t('voter.chart.stance.aside')), head(t('voter.chart.stance.object')), head(t('voter.chart.head.outcome'), false)],
        rows: consents(ballot, outcome).map((r) => ({ ...r, cells: [String(r.consent), String(r.aside), String(r.object), t(r.stands ? 'voter.chart.stands' : 'voter.chart.to_treat')] })),
      };
    case 'consensus':
      return {
        heads: [head(t('voter.chart.head.agree')), head(t('voter.chart.head.apart')), head(t('voter.chart.head.groups'), false)],
        rows: statements(ballot, outcome).map((r) => ({ ...r, cells: [percent(r.agree), percent(r.apart), r.groups.map((g) => t('voter.chart.group', { name: g.name || t('voter.chart.everyone'), agree: g.agree, disagree: g.disagree, pass: g.pass })).join(' · ')] })),
      };
    default: {
      const rows = bars(ballot, outcome);
      const supporters = rows.some((r) => r.supporters !== null);
      const shares = rows.some((r) => r.share !== null);
      return {
        heads: [head(t(`voter.chart.head.${unitOf(outcome)}`)), ...(supporters ? [head(t('voter.chart.head.supporters'))] : []), ...(shares ? [head(t('voter.chart.head.share'))] : [])],
        rows: rows.map((r) => ({ ...r, cells: [String(r.value), ...(supporters ? [String(r.supporters ?? '')] : []), ...(shares ? [r.share === null ? '' : percent(r.share)] : [])] })),
      };
    }
  }
}

/** The winner and by how much it is ahead, in a few words; nothing where nobody wins. */
export function headline(ballot: Question, outcome: Outcome): string {
  const labels = new Map(ballot.options.map((o) => [o.id, o.label]));
  const list = outcome.winners.map((id) => t('voter.why.quoted', { text: labels.get(id) ?? id })).join(', ');
  const count = outcome.winners.length;
  if (count === 0) return outcome.method === 'consent' ? t('voter.headline.none_stands') : t('voter.headline.none');
  if (outcome.method === 'consent') return t('voter.headline.stands', { list, count });
  if (outcome.method === 'consensus') return t('voter.headline.unites', { list, count });
  if (outcome.method === 'budget') return t('voter.headline.funded', { count });
  const second = outcome.ranking[1]?.[0];
  const rows = pictureOf(outcome) === 'bars' ? bars(ballot, outcome) : [];
  const [first, next] = [rows.find((r) => r.id === outcome.winners[0]), rows.find((r) => r.id === second)];
  if (count === 1 && first && next) return t('voter.headline.wins_by', { list, unit: t(`voter.chart.unit.${unitOf(outcome)}`, { count: first.value - next.value }) });
  if (count > 1) return t('voter.headline.win', { list });
  return ahead(ballot, outcome, list) ?? t('voter.headline.wins', { list });
}

/** What the only winner wins by, where the method has something that says it. */
function ahead(ballot: Question, outcome: Outcome, list: string): string | undefined {
  switch (pictureOf(outcome)) {
    case 'merit': {
      const grade = merits(ballot, outcome)[0]?.grade;
      return grade === undefined ? undefined : t('voter.headline.wins_grade', { list, grade });
    }
    case 'ranges': {
      const [first, next] = ranges(ballot, outcome);
      return first && next ? t('voter.headline.wins_value', { list, value: number(first.value), next: number(next.value) }) : undefined;
    }
    case 'duels': {
      const duels = steps(outcome, 'duels')[0];
      const at = duels?.options.indexOf(outcome.winners[0] ?? '') ?? -1;
      const margins = duels?.margins[at]?.filter((_, column) => column !== at) ?? [];
      const least = Math.min(...margins);
      return margins.length > 0 && least > 0 ? t('voter.headline.wins_duels', { list, count: least }) : undefined;
    }
    default: return undefined;
  }
}
