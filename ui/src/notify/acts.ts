//! Acts in words, and taking them back by name.
import { known, t, word } from '@/i18n/index.svelte';
import { api, type ActRow } from '@/ipc';
import { fail, say } from './index.svelte';

/** An act as a sentence: « Regroupé 2 propositions ». */
export function actSentence(act: Pick<ActRow, 'label' | 'subject' | 'entities'>): string {
  const args = { subject: act.subject, n: act.entities };
  const whole = `words.act.${act.label}`;
  if (known(whole)) return t(whole, args);
  const [first = '', second = ''] = act.label.split('.');
  if (first === 'import' && act.entities === 1 && act.subject !== '') return t('words.verb.import_one', { ...args, kind: word('words.kind', second) });
  if (first === 'import') return t('words.verb.import', { n: act.entities, kinds: word('words.kinds', second) });
  const verb = `words.verb.${second}`;
  return known(verb) ? t(verb, { ...args, kind: word('words.kind', first) }) : `${act.label} ${act.subject}`.trim();
}

/** A gesture as lists tell it: what was taken back, or done again, says so. */
export function gesture(row: ActRow): string {
  const act = actSentence(row);
  if (row.step === 'undone') return t('words.undone', { act });
  return row.step === 'redone' ? t('words.redone', { act }) : act;
}

/** Takes back the latest act and says which. */
export async function undo(): Promise<void> {
  try {
    const { act, kept } = await api.undo();
    const sentence = actSentence(act);
    say(kept.length > 0 ? t('words.undone_kept', { act: sentence, n: kept.length }) : t('words.undone', { act: sentence }));
  } catch (thrown) {
    fail(thrown);
  }
}

/** Does again what was taken back. */
export async function redo(): Promise<void> {
  try {
    const { act } = await api.redo();
    say(t('words.redone', { act: actSentence(act) }));
  } catch (thrown) {
    fail(thrown);
  }
}
