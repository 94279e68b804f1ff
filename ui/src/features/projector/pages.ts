/**
 * The board cut into pages that fit the wall. Lines are estimated from the number of letters rather than
 * measured: the same board gives the same pages on every screen, and nothing flickers while it is drawn.
 */

export interface WallGroup {
  name: string | null;
  proposals: readonly WallProposal[];
}

export interface WallProposal {
  text: string;
  /** How often it was said again. */
  support: number;
}

export interface WallColumn {
  name: string | null;
  /** Whether it goes on from an earlier column. */
  continued: boolean;
  proposals: WallProposal[];
  /** How many the whole group has. */
  total: number;
}

export interface Wall {
  columns: number;
  /** Lines of text that a column holds. */
  lines: number;
  /** Letters that a line holds. */
  letters: number;
}

/** Room that a proposal takes: its lines and half a line of air. */
export function height(text: string, letters: number): number {
  let lines = 1;
  let used = 0;
  for (const word of text.split(/\s+/u)) {
    if (used > 0 && used + 1 + word.length > letters) {
      lines += 1;
      used = word.length;
    } else used += (used > 0 ? 1 : 0) + word.length;
  }
  return lines + 0.5;
}

export function paginate(groups: readonly WallGroup[], wall: Wall): WallColumn[][] {
  const columns: WallColumn[] = [];
  for (const group of groups) {
    let column: WallColumn = { name: group.name, continued: false, proposals: [], total: group.proposals.length };
    let left = wall.lines;
    columns.push(column);
    for (const proposal of group.proposals) {
      // The number said again takes a few letters at the end.
      const need = height(proposal.support > 0 ? `${proposal.text} × 00` : proposal.text, wall.letters);
      if (need > left && column.proposals.length > 0) {
        column = { name: group.name, continued: true, proposals: [], total: group.proposals.length };
        columns.push(column);
        left = wall.lines;
      }
      column.proposals.push(proposal);
      left -= need;
    }
  }
  const pages: WallColumn[][] = [];
  for (let i = 0; i < columns.length; i += wall.columns) pages.push(columns.slice(i, i + wall.columns));
  return pages.length > 0 ? pages : [[]];
}
