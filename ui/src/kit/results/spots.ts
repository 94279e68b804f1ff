//! Spots of a drawing that would hide each other.

export interface Spot {
  cx: number;
  cy: number;
}

export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Directions to try around a spot: beside it first, as one reads. */
const AROUND = 12;
/** How far one may be moved, in widths of a spot: beyond, it would say something else. */
const FARTHEST = 3;

/** Each spot where it belongs, or at the nearest free place beside; the first ones stay where they are. */
export function beside(spots: readonly Spot[], radius: number, frame: Frame): Spot[] {
  const placed: Spot[] = [];
  const width = 2 * radius + 2;
  const free = (spot: Spot) =>
    spot.cx >= frame.left && spot.cx <= frame.right && spot.cy >= frame.top && spot.cy <= frame.bottom && placed.every((other) => Math.hypot(other.cx - spot.cx, other.cy - spot.cy) >= width - 0.01);
  for (const spot of spots) {
    let found = free(spot) ? spot : undefined;
    for (let far = 0.5; found === undefined && far <= FARTHEST; far += 0.5) {
      for (let turn = 0; found === undefined && turn < AROUND; turn++) {
        const angle = (turn * 2 * Math.PI) / AROUND;
        const moved = { cx: spot.cx + Math.cos(angle) * far * width, cy: spot.cy + Math.sin(angle) * far * width };
        if (free(moved)) found = moved;
      }
    }
    placed.push(found ?? spot);
  }
  return placed;
}
