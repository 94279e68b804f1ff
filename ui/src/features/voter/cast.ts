import type { Ballot, BallotView, RoomMethod } from '@/ipc';

/** What a bulletin says, before it is known how it came. */
export type Choice = Partial<Pick<Ballot, 'approve' | 'points' | 'grades' | 'counts'>>;

/** Notes a bulletin; says whether it was taken. */
export type Note = (choice: Choice) => Promise<boolean>;

export type Channel = 'paper' | 'hands' | 'keyboard';

/** How bulletins usually come to the facilitator's keyboard. */
export const usualChannel = (method: RoomMethod): Channel => (method === 'hands' ? 'hands' : 'paper');

/** A bulletin in a few words, as the list of those entered shows it. */
export function words(ballot: BallotView, bulletin: Ballot, blank: string): string {
  const parts = ballot.options.flatMap((option) => {
    if (bulletin.approve?.includes(option.id)) return [option.label];
    const points = bulletin.points?.[option.id] ?? bulletin.counts?.[option.id];
    if (points) return [`${option.label} ${points}`];
    const grade = bulletin.grades?.[option.id];
    if (grade != null) return [`${option.label} ${ballot.grade_names[grade] ?? grade}`];
    return [];
  });
  return parts.length > 0 ? parts.join(' · ') : blank;
}
