/** First wordings for splitting and joining: only suggestions, to be typed over. */

/** The pieces that a proposal seems to have: its sentences, else what « ; » or « et » ties. */
export function pieces(text: string): string[] {
  const cut = (at: RegExp) => text.split(at).map((piece) => piece.trim()).filter((piece) => piece !== '');
  for (const at of [/\n+/u, /(?<=[.!?…])\s+/u, /\s*;\s*/u, /,?\s+et\s+|,?\s+and\s+/u, /,\s+/u]) {
    const found = cut(at);
    if (found.length > 1) return found.map(capital);
  }
  return [text.trim()];
}

/** One wording of several: those that another one holds already are left out. */
export function joined(texts: readonly string[]): string {
  const bare = (text: string) => text.trim().replace(/[.;]+$/u, '');
  const kept = texts.map(bare).filter((text, at, all) => !all.some((other, place) => place !== at && other.toLowerCase().includes(text.toLowerCase()) && (other.length > text.length || place < at)));
  return kept.join(' ; ');
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);
