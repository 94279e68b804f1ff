import type { BallotSettings, Board, RoomMethod } from '@/ipc';

/** Methods in the order of their digit in the set-up. */
export const METHODS = ['dots', 'majority-judgment', 'approval', 'hands'] as const satisfies readonly RoomMethod[];

/** Good defaults: what most rooms do. */
export function defaultSettings(method: RoomMethod): BallotSettings {
  const none: BallotSettings = { points: null, max_per_option: null, grades: null, max_choices: null };
  if (method === 'dots') return { ...none, points: 5 };
  if (method === 'majority-judgment') return { ...none, grades: 5 };
  return none;
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
