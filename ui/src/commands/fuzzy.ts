//! Finding by a few letters: accents and case forgiven, beginnings of words first.

/** A text without case and accents. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, ' ');
}

/** How well a text answers a query, 0 for not at all. */
export function score(query: string, text: string): number {
  const wanted = fold(query).trim();
  const folded = fold(text);
  if (wanted === '') return 1;
  if (folded.startsWith(wanted)) return 100;
  if (folded.includes(` ${wanted}`)) return 80;
  const words = wanted.split(/\s+/);
  if (words.every((one) => folded.includes(one))) return 60;
  let at = 0;
  let gaps = 0;
  for (const letter of wanted.replace(/\s/g, '')) {
    const next = folded.indexOf(letter, at);
    if (next < 0) return 0;
    gaps += next - at;
    at = next + 1;
  }
  return Math.max(1, 40 - gaps);
}
