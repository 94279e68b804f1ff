//! What the window says: a word after each act (read by screen readers), and failures with what to do about them.
import { t } from '@/i18n/index.svelte';
import { isAppError, type AppError } from '@/ipc';

export interface Said {
  id: number;
  text: string;
  /** Whether « annuler » makes sense beside it. */
  undo: boolean;
}

let said = $state.raw<Said | null>(null);
let announced = $state('');
let failure = $state.raw<AppError | null>(null);
let count = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export const notices = {
  get said(): Said | null {
    return said;
  },
  /** What only screen readers hear. */
  get announced(): string {
    return announced;
  },
  get failure(): AppError | null {
    return failure;
  },
};

/** Says something on screen and aloud for a few seconds. */
export function say(text: string, options: { undo?: boolean; seconds?: number } = {}): void {
  count += 1;
  said = { id: count, text, undo: options.undo ?? false };
  clearTimeout(timer);
  timer = setTimeout(() => (said = null), (options.seconds ?? 6) * 1000);
}

/** Says what was done, and how to take it back: « Noté. Ctrl+Z pour annuler ». */
export function done(text: string): void {
  say(text, { undo: true });
}

/** Says something to screen readers only. */
export function announce(text: string): void {
  // A trailing space that comes and goes makes the same sentence heard twice.
  announced = text === announced ? `${text}\u00a0` : text;
}

export function hush(): void {
  said = null;
}

/** Shows a failure until it is dismissed or something succeeds. */
export function fail(thrown: unknown): void {
  failure = asFailure(thrown);
}

export function dismissFailure(): void {
  failure = null;
}

export function asFailure(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  console.error(thrown);
  return { kind: 'bug', code: 'window', message: t('kit.error.window'), hints: [String(thrown), t('kit.error.window_hint')] };
}

/**
 * Does something and says so. A failure is shown and `undefined` given: nothing is ever lost in silence.
 * `const id = await act(() => api.create(…), t('preparer.created'))`
 */
export async function act<T>(run: () => Promise<T>, saying?: string | ((value: T) => string)): Promise<T | undefined> {
  try {
    const value = await run();
    failure = null;
    if (saying) done(typeof saying === 'function' ? saying(value) : saying);
    return value;
  } catch (thrown) {
    fail(thrown);
    return undefined;
  }
}
