import type { Ballot, BallotView, RoomMethod } from '@/ipc';
import { t } from '@/i18n/index.svelte';

/** What a bulletin says, before it is known how it came. */
export type Choice = Partial<Pick<Ballot, 'approve' | 'points' | 'grades' | 'counts' | 'ranking' | 'scores' | 'duel' | 'won' | 'stances' | 'reasons' | 'votes'>>;

/** Notes a bulletin; says whether it was taken. */
export type Note = (choice: Choice) => Promise<boolean>;

export type Channel = 'paper' | 'hands' | 'keyboard' | 'proxy';

/** How bulletins usually come to the facilitator's keyboard. */
export const usualChannel = (method: RoomMethod): Channel => (method === 'hands' ? 'hands' : 'paper');

/** Methods by which people put options in order. */
export const RANKED = ['schulze', 'ranked-pairs', 'copeland', 'borda', 'irv', 'stv'] as const satisfies readonly RoomMethod[];
export const isRanked = (method: RoomMethod): boolean => (RANKED as readonly RoomMethod[]).includes(method);

/** A bulletin in a few words, as the list of those entered shows it. */
export function words(ballot: BallotView, bulletin: Ballot, blank: string): string {
  const labels = new Map(ballot.options.map((o) => [o.id, o.label]));
  if (bulletin.ranking) return bulletin.ranking.map((rank) => rank.map((id) => labels.get(id) ?? id).join(' = ')).join(' > ') || blank;
  if (bulletin.duel) {
    const [a, b] = bulletin.duel.map((id) => labels.get(id) ?? id);
    const won = bulletin.won ? labels.get(bulletin.won) : undefined;
    return won === undefined ? t('voter.list.skipped', { a, b }) : t('voter.list.beats', { won, lost: won === a ? b : a });
  }
  const parts = ballot.options.flatMap((option) => {
    if (bulletin.approve?.includes(option.id)) return [option.label];
    const points = bulletin.points?.[option.id] ?? bulletin.counts?.[option.id];
    if (points) return [`${option.label} ${points}`];
    const grade = bulletin.grades?.[option.id];
    if (grade != null) return [`${option.label} ${ballot.grade_names[grade] ?? grade}`];
    const mark = bulletin.scores?.[option.id];
    if (mark != null) return [`${option.label} ${typeof mark === 'number' ? mark : `${mark.impact}/${mark.effort}`}`];
    const opinion = bulletin.votes?.[option.id];
    if (opinion != null) return [`${option.label} : ${t(opinion > 0 ? 'voter.enter.opinion.agree' : opinion < 0 ? 'voter.enter.opinion.disagree' : 'voter.enter.opinion.pass')}`];
    const stance = bulletin.stances?.[option.id];
    if (stance) return [`${option.label} : ${t(stance === 'consent' ? 'voter.chart.stance.consent' : stance === 'object' ? 'voter.chart.stance.object' : 'voter.chart.stance.aside')}`];
    return [];
  });
  return parts.length > 0 ? parts.join(' · ') : blank;
}
