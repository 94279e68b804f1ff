/** Euros as people type them, cents as they are stored. */

/** `12 500,50 €` → 1250050; null when nothing is written; undefined when it is no amount. */
export function parseEuros(text: string): number | null | undefined {
  const bare = text.replace(/[\s\u00a0\u202f€]/gu, '').replace(',', '.');
  if (bare === '') return null;
  if (!/^\d{1,12}(\.\d{1,2})?$/u.test(bare)) return undefined;
  return Math.round(Number(bare) * 100);
}

/** Cents as they are typed again: `12500,5` in French, `12500.5` in English. */
export function editEuros(cents: number | null, tag: string): string {
  if (cents === null) return '';
  return new Intl.NumberFormat(tag, { useGrouping: false, maximumFractionDigits: 2 }).format(cents / 100);
}
