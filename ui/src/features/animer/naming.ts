/** A first name for a regroupement, from the words its proposals share. Only a suggestion: it comes selected, to be typed over. */

const EMPTY_WORDS = new Set(
  ('a ai au aux avec ce ces cet cette chez comme dans de des du elle en entre est et être faire il ils la le les leur leurs lors ' +
    'mais même ne nos notre nous on ou où par pas plus pour qu que qui sa sans se ses si son sont sous sur un une vers vos votre y ' +
    'd l n s c j m t of the to and for in on with an is are be at by from that their there our who without').split(' '),
);

const words = (text: string) => text.match(/[\p{L}\d-]+/gu) ?? [];
const fold = (word: string) =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(?:s|x)$/u, '');

export function suggestName(texts: readonly string[]): string {
  const rooms = new Map<string, { count: number; shown: string; first: number }>();
  for (const text of texts) {
    const seen = new Set<string>();
    for (const [index, word] of words(text).entries()) {
      const root = fold(word);
      if (root.length < 3 || EMPTY_WORDS.has(word.toLowerCase()) || seen.has(root)) continue;
      seen.add(root);
      const known = rooms.get(root);
      if (known) known.count += 1;
      else rooms.set(root, { count: 1, shown: word, first: index });
    }
  }
  const shared = [...rooms.values()]
    .filter((w) => texts.length === 1 || w.count > 1)
    .sort((a, b) => b.count - a.count || b.shown.length - a.shown.length || a.first - b.first)
    .slice(0, texts.length === 1 ? 0 : 2)
    .map((w) => w.shown.toLowerCase());
  if (shared.length > 0) return capital(shared.join(', '));
  const first = words(texts[0] ?? '').slice(0, 5);
  while (first.length > 1 && EMPTY_WORDS.has(first.at(-1)?.toLowerCase() ?? '')) first.pop();
  return capital(first.join(' '));
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** « 2 » typed as a name means the second regroupement. */
export function groupByNumber<T>(typed: string, groups: readonly T[]): T | null {
  return /^\d{1,2}$/u.test(typed.trim()) ? (groups[Number(typed.trim()) - 1] ?? null) : null;
}
