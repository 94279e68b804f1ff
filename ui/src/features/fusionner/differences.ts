//! What one version says that another does not, word by word.
import { diffWordsWithSpace } from 'diff';

export interface Part {
  text: string;
  /** Whether the other version lacks it. */
  own: boolean;
}

/** A text in parts, those that the other text lacks marked; spaces around them are not. */
export function differences(text: string, other: string): Part[] {
  return diffWordsWithSpace(other, text)
    .filter((part) => !part.removed)
    .flatMap((part) => {
      const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(part.value) ?? [];
      const own = part.added && words !== '';
      return own ? [{ text: before, own: false }, { text: words, own }, { text: after, own: false }].filter((one) => one.text !== '') : [{ text: part.value, own: false }];
    });
}
