//! What attendance shows of a list, and how a count that is typed reads.
import { french, t } from '@/i18n/index.svelte';

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether one of these texts holds every word that was typed. */
export function holds(typed: string, ...texts: (string | null | undefined)[]): boolean {
  const said = fold(texts.filter(Boolean).join(' '));
  return fold(typed).split(/\s+/).every((word) => said.includes(word));
}

/** A count as people type it; none for what is no count. */
export function readCount(text: string): number | null {
  const typed = text.trim();
  if (typed === '') return 0;
  return /^\d{1,4}$/.test(typed) ? Number(typed) : null;
}

/** A structure under the name the room knows. */
export const nameOf = (one: { name: string; short_name: string | null }): string => (one.short_name && one.short_name !== one.name ? `${one.name} (${one.short_name})` : french(one.name)) || t('seance.attendance.no_organisation');
