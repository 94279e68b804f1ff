/** The board as a grid of ids, for arrows and ranges: columns left to right, cards top to bottom. */

export type Columns = readonly (readonly string[])[];
export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

export interface Place {
  column: number;
  row: number;
}

export function placeOf(columns: Columns, id: string | null): Place | null {
  if (id === null) return null;
  for (const [column, cards] of columns.entries()) {
    const row = cards.indexOf(id);
    if (row >= 0) return { column, row };
  }
  return null;
}

/** Where an arrow leads from a card; empty columns are stepped over, edges hold. */
export function step(columns: Columns, from: string | null, direction: Direction): string | null {
  const at = placeOf(columns, from);
  if (!at) return columns.find((cards) => cards.length > 0)?.[0] ?? null;
  const cards = columns[at.column] ?? [];
  if (direction === 'up') return cards[Math.max(0, at.row - 1)] ?? from;
  if (direction === 'down') return cards[Math.min(cards.length - 1, at.row + 1)] ?? from;
  if (direction === 'first') return cards[0] ?? from;
  if (direction === 'last') return cards.at(-1) ?? from;
  const way = direction === 'left' ? -1 : 1;
  for (let column = at.column + way; column >= 0 && column < columns.length; column += way) {
    const side = columns[column] ?? [];
    if (side.length > 0) return side[Math.min(at.row, side.length - 1)] ?? from;
  }
  return from;
}

/** All cards from one to the other, in reading order: what Shift takes. */
export function range(columns: Columns, from: string, to: string): string[] {
  const all = columns.flat();
  const a = all.indexOf(from);
  const b = all.indexOf(to);
  if (a < 0 || b < 0) return [to];
  return all.slice(Math.min(a, b), Math.max(a, b) + 1);
}
