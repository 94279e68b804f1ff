import { expect, it } from 'vitest';
import { beside, type Spot } from './spots';

const frame = { left: 20, right: 600, top: 20, bottom: 400 };
const apart = (spots: readonly Spot[]) => {
  const pairs = spots.flatMap((one, i) => spots.slice(i + 1).map((other) => Math.hypot(one.cx - other.cx, one.cy - other.cy)));
  return Math.min(...pairs);
};

it('spots that are far enough stay where they are', () => {
  const spots = [{ cx: 100, cy: 100 }, { cx: 200, cy: 100 }];
  expect(beside(spots, 12, frame)).toEqual(spots);
});

it('what one spot would hide stands beside it, and nothing hides anything', () => {
  const spots = Array.from({ length: 8 }, (_, i) => ({ cx: 300 + (i % 2) * 5, cy: 200 }));
  const placed = beside(spots, 12, frame);
  expect(placed[0]).toEqual(spots[0]);
  expect(apart(placed)).toBeGreaterThanOrEqual(25.9);
});

it('in a corner they are moved inwards', () => {
  const placed = beside(Array.from({ length: 5 }, () => ({ cx: 20, cy: 20 })), 12, frame);
  expect(placed.every(({ cx, cy }) => cx >= 20 && cy >= 20)).toBe(true);
  expect(apart(placed)).toBeGreaterThanOrEqual(25.9);
});

it('a crowd beyond all room is drawn all the same', () => {
  expect(beside(Array.from({ length: 400 }, () => ({ cx: 300, cy: 200 })), 12, frame)).toHaveLength(400);
});
