import { parse, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';

type Catalogue = Record<string, string>;
const files = import.meta.glob<Catalogue>('./{fr,en}/*.json', { eager: true, import: 'default' });
const named = (language: string) => new Map(Object.entries(files).flatMap(([path, catalogue]) => (path.startsWith(`./${language}/`) ? [[path.slice(5, -5), catalogue] as const] : [])));
const french = named('fr');
const english = named('en');

/** Names of the arguments that a message takes. */
function argumentsOf(elements: MessageFormatElement[]): string[] {
  return [
    ...new Set(
      elements.flatMap((element) => [
        ...('value' in element && element.type !== 0 ? [String(element.value)] : []),
        ...('options' in element ? Object.values(element.options).flatMap((option) => argumentsOf(option.value)) : []),
        ...('children' in element ? argumentsOf(element.children) : []),
      ]),
    ),
  ].sort();
}

describe('the catalogues', () => {
  it('have the same files in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
  });

  it.each([...french])('%s: every key is in both languages, under its file’s name, with the same arguments', (file, fr) => {
    const en = english.get(file) ?? {};
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
    for (const [key, text] of Object.entries(fr)) {
      expect(key.startsWith(`${file}.`), key).toBe(true);
      expect(argumentsOf(parse(en[key] ?? '')), key).toEqual(argumentsOf(parse(text)));
    }
  });

  it.each([...french])('%s: the French has its own signs', (_file, fr) => {
    for (const [key, text] of Object.entries(fr)) {
      expect(text, `${key}: a typographic apostrophe`).not.toMatch(/\p{L}'\p{L}/u);
      expect(text, `${key}: three dots are one sign`).not.toMatch(/\.\.\./);
      expect(text, `${key}: a space before « ? ! ; »`).not.toMatch(/[\p{L}\d][?!;](?=\s|$)/u);
      expect(text, `${key}: guillemets`).not.toMatch(/["“”]/);
    }
  });
});

/** Keys written in full in the sources. */
describe('the sources', () => {
  const sources = import.meta.glob<string>(['../**/*.svelte', '../**/*.ts', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' });
  const keys = new Set([...french.values()].flatMap(Object.keys));
  const used = Object.values(sources)
    .join('\n')
    .replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');

  it('name only keys that exist', () => {
    const named = [...used.matchAll(/\bt\(\s*'([^']+)'/g)].map((found) => found[1] ?? '');
    expect(named.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('leave no key unused', () => {
    const stems = [...used.matchAll(/[`'"]([a-z_]+(?:\.[a-z_]+)*)(?:\.\$\{|[`'"])/g)].map((found) => found[1] ?? '');
    const families = new Set(stems);
    const unused = [...keys].filter((key) => !used.includes(`'${key}'`) && !families.has(key.slice(0, key.lastIndexOf('.'))) && ![...families].some((stem) => key.startsWith(`${stem}.`) && stem.includes('.')));
    const mine = unused.filter((key) => !/^words\./.test(key));
    expect(mine).toEqual([]);
  });
});
