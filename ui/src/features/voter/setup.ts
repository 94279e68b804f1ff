import type { BallotSettings, Board, RoomMethod } from '@/ipc';

/** Methods in the order of their digit in the set-up. To rank is one way of voting, whatever counts it. */
export const METHODS = ['dots', 'majority-judgment', 'approval', 'hands', 'score', 'schulze', 'pairwise', 'impact-effort', 'consent', 'consensus', 'budget', 'stv'] as const satisfies readonly RoomMethod[];

/** The key of each, in the same order. */
export const METHOD_KEYS = ['Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5', 'Alt+6', 'Alt+7', 'Alt+8', 'Alt+9', 'Alt+0', 'Alt+B', 'Alt+S'] as const;

/** What counts rankings when one is kept. */
export const RANKINGS = ['schulze', 'ranked-pairs', 'copeland', 'borda', 'irv'] as const satisfies readonly RoomMethod[];

/** The card of the set-up that a method stands under. */
export const cardOf = (method: RoomMethod): RoomMethod => ((RANKINGS as readonly RoomMethod[]).includes(method) ? 'schulze' : method);

/** What most rooms do with so many options and people: hands for two, duels where nobody could read the list. */
export function suggested(options: number, present: number | null): RoomMethod {
  if (options === 1) return 'consent';
  if (options === 2) return 'hands';
  if (options > 30 && (present ?? 0) >= 5) return 'pairwise';
  return 'dots';
}

/** Good defaults: enough dots for a third of the options, from three to ten. */
export function defaultSettings(method: RoomMethod, options = 12): BallotSettings {
  const none: BallotSettings = { points: null, max_per_option: null, grades: null, max_choices: null, min: null, max: null, seats: null, rule: null, budget: null, quorum: null, shuffled: false, live: false, ask_origin: false, closes_at: null };
  const third = Math.max(1, Math.round(options / 3));
  switch (method) {
    case 'dots': return { ...none, points: options > 15 ? Math.min(10, third) : 5 };
    case 'majority-judgment': return { ...none, grades: 5 };
    case 'score': return { ...none, min: 0, max: 5 };
    case 'impact-effort': return { ...none, min: 1, max: 5 };
    case 'stv': return { ...none, seats: Math.min(3, third) };
    case 'budget': return { ...none, rule: 'mes', budget: 10_000 };
    default: return none;
  }
}

/** Whether a vote with these settings can be opened on so many options. */
export function canOpen(method: RoomMethod, options: number, question: string, settings: BallotSettings, costs: readonly (number | null)[]): boolean {
  const fewest = method === 'consent' || method === 'hands' || method === 'consensus' ? 1 : 2;
  if (options < fewest || question.trim() === '') return false;
  return method !== 'budget' || ((settings.budget ?? 0) > 0 && costs.length >= options && costs.every((cost) => (cost ?? 0) > 0));
}

export interface Candidate {
  id: string;
  label: string;
  kind: 'group' | 'proposal';
  count: number;
}

/** What can be voted on: the groups that hold something, then every proposal. */
export function candidates(board: Board): Candidate[] {
  const groups = board.groups.map((g) => ({ id: g.id, label: g.name, kind: 'group' as const, count: g.proposals.length }));
  const proposals = [...board.groups.flatMap((g) => g.proposals), ...board.ungrouped];
  return [...groups, ...proposals.map((p) => ({ id: p.id, label: p.text, kind: 'proposal' as const, count: 1 }))];
}

/** What is chosen at first: the selection brought from the board, else groups, else all proposals. */
export function firstChoice(board: Board, brought: readonly string[]): string[] {
  const all = candidates(board);
  const kept = brought.filter((id) => all.some((c) => c.id === id));
  if (kept.length > 1) return kept; // one alone is no vote: it was only where the keyboard stood
  const groups = all.filter((c) => c.kind === 'group' && c.count > 0);
  return (groups.length > 0 ? groups : all).map((c) => c.id);
}
