/** Where things go in the plan when they are moved, by drag, arrows or menu. Order is always « before this sibling ». */

/** For `reorder`: the sibling to stand before after moving one place; undefined when the edge is reached. */
export function neighbour(ids: readonly string[], id: string, way: -1 | 1): string | null | undefined {
  const at = ids.indexOf(id);
  if (at < 0) return undefined;
  if (way === -1) return at === 0 ? undefined : ids[at - 1];
  if (at === ids.length - 1) return undefined;
  return ids[at + 2] ?? null;
}

/** For a drop on the upper or lower half of a sibling. */
export function dropBefore(ids: readonly string[], moved: string, on: string, half: 'upper' | 'lower'): string | null {
  const rest = ids.filter((id) => id !== moved);
  const at = rest.indexOf(on);
  if (at < 0) return null;
  return half === 'upper' ? on : (rest[at + 1] ?? null);
}
