/** Bulletins typed from the keyboard: one small state per method, moved by keys, free of any window. */

export interface Grades {
  values: (number | null)[];
  at: number;
}

export function emptyGrades(options: number): Grades {
  return { values: Array.from({ length: options }, () => null), at: 0 };
}

/** One digit per option, worst grade is 1; arrows and Backspace go back over what was typed. */
export function typeGrade(state: Grades, key: string, grades: number): Grades {
  const last = state.values.length - 1;
  if (/^[1-9]$/u.test(key)) {
    const grade = Number(key) - 1;
    if (grade >= grades) return state;
    const values = put(state.values, state.at, grade);
    return { values, at: Math.min(last, state.at + 1) };
  }
  if (key === 'Backspace') {
    // On the last option just typed, clear it first; otherwise step back and clear.
    const target = state.values[state.at] === null ? Math.max(0, state.at - 1) : state.at;
    return { values: put(state.values, target, null), at: target };
  }
  if (key === 'ArrowUp') return { ...state, at: Math.max(0, state.at - 1) };
  if (key === 'ArrowDown') return { ...state, at: Math.min(last, state.at + 1) };
  return state;
}

export const missing = (values: readonly (number | null)[]) => values.filter((v) => v === null).length;

/** Which option a digit names: 1 to 9, then 0 for the tenth. */
export function optionOf(key: string, options: number): number | null {
  if (!/^\d$/u.test(key)) return null;
  const index = key === '0' ? 9 : Number(key) - 1;
  return index < options ? index : null;
}

/** Dots typed for one bulletin: a digit sets, + and − change. What is beyond the limits is said, not cut. */
export function typeDots(values: readonly number[], at: number, key: string): number[] {
  const now = values[at] ?? 0;
  if (/^\d$/u.test(key)) return put(values, at, Number(key));
  if (key === '+' || key === '=') return put(values, at, now + 1);
  if (key === '-' || key === 'Backspace') return put(values, at, Math.max(0, now - 1));
  return [...values];
}

export type DotsProblem = 'none' | 'empty' | 'too_many' | 'too_many_on_one';

export function checkDots(values: readonly number[], points: number, perOption: number | null): DotsProblem {
  const total = values.reduce((a, b) => a + b, 0);
  if (total === 0) return 'empty';
  if (total > points) return 'too_many';
  if (perOption !== null && values.some((v) => v > perOption)) return 'too_many_on_one';
  return 'none';
}

function put<T>(values: readonly T[], at: number, value: T): T[] {
  return values.map((v, i) => (i === at ? value : v));
}

/** The digit a key stands for by its place (the upper row of an AZERTY keyboard gives letters without Shift), else the key itself. */
export function digitOf(event: { key: string; code: string; shiftKey: boolean }): string {
  return /^Digit(\d)$/u.exec(event.code)?.[1] ?? event.key;
}
