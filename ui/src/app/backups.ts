//! Backups as their names tell them.

/** When a backup was made, by its name (`2022-07-05 14h32 07`), milliseconds since 1970. */
export function madeAt(made: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = made.split(/[^0-9]+/).map(Number);
  return new Date(year, month - 1, day, hour, minute, second).getTime();
}

/** A file's name without its folder and its ending. */
export const stem = (path: string): string => (path.split(/[/\\]/).at(-1) ?? path).replace(/\.moisson$/, '');
