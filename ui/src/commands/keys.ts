//! Key strokes as words: `Mod+K`, `G`, `Alt+ArrowUp`, `?`, `1`.
import { t } from '@/i18n/index.svelte';

/** The names that a key stroke may be registered under, the most exact first. */
export function strokes(event: KeyboardEvent): string[] {
  const mod = event.ctrlKey || event.metaKey;
  const prefix = (shift: boolean) => `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}`;
  const letter = /^\p{L}$/u.test(event.key);
  const printable = [...event.key].length === 1;
  const name = event.key === ' ' ? 'Space' : printable ? event.key.toUpperCase() : event.key;
  // « ? » needs Shift on some keyboards and not on others: what counts is the sign.
  const found = [`${prefix(event.shiftKey && (letter || !printable))}${name}`];
  // Digits stand under other signs on French keyboards: Ctrl+1 is Ctrl+& there.
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (digit && digit !== event.key) found.push(`${prefix(false)}${digit}`);
  return found;
}

/** Whether keys go into a text. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'range', 'color'].includes(target.type);
  return target.getAttribute('role') === 'combobox' || target.getAttribute('role') === 'textbox';
}

/** Keys that a focused control uses itself. */
export function ownKey(target: EventTarget | null, stroke: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (stroke === 'Enter' || stroke === 'Space') return target.matches('a[href], button, summary, input, select, [role="menuitem"], [role="option"], [role="tab"]');
  if (/^(Arrow|Home$|End$|Page)/.test(stroke)) return target.matches('input, select, [role="tab"], [role="menuitem"], [role="option"], [role="gridcell"]');
  return false;
}

const signs: Record<string, string> = {
  Mod: 'Ctrl', Enter: '⏎', Space: '␣', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Backspace: '⌫', ContextMenu: 'Menu',
};
/** What is written on a key in the language of who reads. */
const written: Record<string, () => string> = { Escape: () => t('kit.key.escape'), Delete: () => t('kit.key.delete'), Shift: () => t('kit.key.shift') };

/** A stroke as keyboards print it: `Ctrl K`. */
export function keyLabel(stroke: string): string {
  return stroke.split(/\+(?=.)/).map((part) => written[part]?.() ?? signs[part] ?? part).join(' ');
}

/** A stroke as `aria-keyshortcuts` wants it. */
export const ariaKeys = (keys: readonly string[] | undefined): string | undefined => keys?.map((key) => key.replace('Mod', 'Control')).join(' ');
