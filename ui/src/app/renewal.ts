//! A page that lasts all day, and how it begins anew: where it was, with what was being written (`drafts`, the address).
import { t } from '@/i18n/index.svelte';
import { api } from '@/ipc';
import { say } from '@/notify/index.svelte';

/** Keys after which a page is worn: some fifty proposals. */
const WORN = 2_500;
/** Milliseconds between two looks whether all was answered, and how often one looks. */
const LOOK = 50;
const LOOKS = 100;
const shownKey = 'moisson.shown';

let keys = 0;

/** Counts a key, whatever it was for. */
export function key(): void {
  keys += 1;
}

/**
 * Says that the window is back where its page had ended by itself (killed, out of memory): a page that begins and ends leaves a mark
 * for as long as the window lasts, which one that is let go of takes away.
 */
export function greetBack(): void {
  if (sessionStorage.getItem(shownKey)) say(t('shell.back'), { seconds: 12 });
  mark();
}

function mark(): void {
  sessionStorage.setItem(shownKey, 'yes');
}

/**
 * Has a worn page begin anew in the place that was just gone to: web views hold, beside a page, some 4 MB more for each hour of
 * typing until it ends. Not while an answer is awaited, nor where keys go on: the next change of place is soon enough.
 */
export async function renewWhenWorn(): Promise<void> {
  if (keys < WORN) return;
  const seen = keys;
  for (let looks = 0; looks < LOOKS; looks += 1) {
    await new Promise((later) => setTimeout(later, LOOK));
    if (keys !== seen) return;
    if (api.awaited() > 0) continue;
    keys = 0;
    sessionStorage.removeItem(shownKey);
    await api.renewPage();
    // Where the web view keeps the page all the same, that one may yet end by itself.
    setTimeout(mark, 10_000);
    return;
  }
}
