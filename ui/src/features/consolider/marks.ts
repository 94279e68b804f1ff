/** Letters of a word that count: French endings vary, beginnings do not. */
const BEGINNING = 5;

export interface Piece {
  text: string;
  shared: boolean;
}

const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A text in pieces, those whose words begin like a word of the reasons told apart. */
export function marks(text: string, why: readonly string[]): Piece[] {
  const words = why.flatMap((reason) => fold(reason).match(/[\p{L}\d]+/gu) ?? []).filter((word) => word.length > 2);
  const begins = new Set(words.map((word) => word.slice(0, BEGINNING)));
  return (text.match(/[\p{L}\p{M}\d]+|[^\p{L}\p{M}\d]+/gu) ?? []).reduce<Piece[]>((pieces, part) => {
    const folded = fold(part);
    const shared = folded.length > 2 && begins.has(folded.slice(0, BEGINNING));
    const last = pieces.at(-1);
    if (last && last.shared === shared) last.text += part;
    else pieces.push({ text: part, shared });
    return pieces;
  }, []);
}
