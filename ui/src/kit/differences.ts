//! What one version says that another does not, word by word.
import { diffWordsWithSpace } from 'diff';

export interface Part {
  text: string;
  /** Whether the other version lacks it. */
  own: boolean;
}

/** Below this share of letters in common, two versions are two texts: marking nearly every word would help nobody. */
const ALIKE = 1 / 3;

/** A text in parts, those that the other text lacks marked; spaces around them are not. */
export function differences(text: string, other: string): Part[] {
  const parts = diffWordsWithSpace(other, text).filter((part) => !part.removed);
  const common = parts.filter((part) => !part.added).reduce((sum, part) => sum + part.value.trim().length, 0);
  if (common < ALIKE * text.length) return [{ text, own: false }];
  return parts
    .flatMap((part) => {
      const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(part.value) ?? [];
      const own = part.added && words !== '';
      return own ? [{ text: before, own: false }, { text: words, own }, { text: after, own: false }].filter((one) => one.text !== '') : [{ text: part.value, own: false }];
    });
}
