//! Everything that can be done, with its keys: Ctrl+K, the sheet of keys and the keyboard all read this one list.
import { t, type Key } from '@/i18n/index.svelte';
import { onMount } from 'svelte';
import { ownKey, strokes, typing } from './keys';
import { isSign, letters } from './letters.svelte';

export interface Command {
  id: string;
  /** What it does, in the imperative. */
  title: Key | (() => string);
  /** Where the sheet of keys lists it. */
  group?: Key;
  keys?: string[];
  run(): unknown;
  /** Whether it can be done now. */
  when?(): boolean;
  /** Whether its keys work while typing in a field (those with Ctrl always do). */
  inFields?: boolean;
  /** Whether its keys work over an open dialog. */
  overDialogs?: boolean;
  /** Left out of Ctrl+K, such as keys that only move. */
  hidden?: boolean;
}

let registered = $state.raw<readonly Command[]>([]);

export const commandTitle = (command: Command): string => (typeof command.title === 'string' ? t(command.title) : command.title());

/** What can be done now, the page's own first. */
export function available(): Command[] {
  return registered.filter((command) => command.when?.() ?? true).reverse();
}

/** Everything that has keys here, whether it can be done now or not. */
export const allCommands = (): readonly Command[] => registered;

/** Does one by its id, if it can be done now: a button for what the shell or another part knows how to do. */
export function runCommand(id: string): void {
  void available().find((one) => one.id === id)?.run();
}

/** Adds commands; returns how to take them away. */
export function registerCommands(commands: Command[]): () => void {
  registered = [...registered, ...commands];
  return () => (registered = registered.filter((one) => !commands.includes(one)));
}

/** Adds commands for as long as the component lives. Call it while the component is set up. */
export function useCommands(commands: Command[]): void {
  onMount(() => registerCommands(commands));
}

/** Does what a key stroke asks for; the latest registered wins. */
export function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const inField = typing(event.target);
  const dialog = document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
  for (const stroke of strokes(event)) {
    if (!letters.on && isSign(stroke)) continue;
    const withMod = stroke.startsWith('Mod+') || stroke.startsWith('Alt+') || /^F\d+$/.test(stroke);
    const command = available().find(
      (one) =>
        one.keys?.includes(stroke) &&
        (!dialog || one.overDialogs) &&
        (!inField || withMod || one.inFields) &&
        (withMod || one.inFields || !ownKey(event.target, stroke)),
    );
    if (!command) continue;
    // In a field with words in it, Ctrl+Z takes back letters, as everywhere else.
    if (inField && /^Mod\+(Shift\+)?[ZAXCVY]$/.test(stroke) && hasText(event.target)) {
      const step = LETTERS_BACK[stroke];
      if (!step || !isPlain(event.target)) continue;
      event.preventDefault();
      // WebKitGTK gives these keys no meaning of its own; no other name reaches the steps that a web view keeps of a field.
      document.execCommand(step);
      return;
    }
    event.preventDefault();
    void command.run();
    return;
  }
}

const LETTERS_BACK: Record<string, 'undo' | 'redo'> = { 'Mod+Z': 'undo', 'Mod+Shift+Z': 'redo', 'Mod+Y': 'redo' };
const isPlain = (target: EventTarget | null) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
const hasText = (target: EventTarget | null): boolean => !isPlain(target) || target.value !== '';
