/** Paper cards entered one after the other: which number comes next, and which was entered already. */
import type { Board, ProposalCard } from '@/ipc';

/** The cards of an atelier by their number, those put aside included. */
export function entered(board: Board | undefined): Map<number, ProposalCard> {
  const all = [...(board?.groups.flatMap((group) => group.proposals) ?? []), ...(board?.ungrouped ?? []), ...(board?.parked ?? [])];
  return new Map(all.flatMap((card) => (card.card_number === null ? [] : [[card.card_number, card] as const])));
}

/** The number after this one that no card has yet: cards of a table are handed in in order, or nearly. */
export function nextFree(after: number, taken: ReadonlyMap<number, unknown>): number {
  let next = after + 1;
  while (taken.has(next)) next += 1;
  return next;
}
