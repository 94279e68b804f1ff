import { expect, test } from 'vitest';
import { fakeApi } from '@/ipc/fake';
import { countOf, parseCapture } from './capture';
import { choices, complete, offered, readMarks, slug, tokens } from './tokens';

const table = (n: number) => `table ${n}`;
const known = choices(await fakeApi().board('w-7'), table);
const none = { table: null, finding: null, organisation: null };

test('marks between words name theme, table, structure and constat, wherever they stand', () => {
  expect(readMarks('Prêter des scooters @3 +PE #mobilite >2.1', known)).toEqual({ text: 'Prêter des scooters', table: 3, theme: 't-2', organisation: 'o-3', finding: 'f-1' });
  expect(readMarks('@3 Prêter #Santé des scooters.', known)).toMatchObject({ text: 'Prêter des scooters.', table: 3, theme: 't-5' });
});

test('accents and hyphens are forgiven, and the beginning of a name is enough where it is the only one', () => {
  expect(readMarks('Une crèche #garde-d-enfants', known).theme).toBe('t-3');
  expect(readMarks('Une crèche #Garde', known).theme).toBe('t-3');
  expect(readMarks('Une crèche +pole-emploi', known).organisation).toBe('o-3');
  expect(slug('Œuvres d’Été')).toBe('oeuvres-d-ete');
});

test('what names nothing stays as words', () => {
  expect(readMarks('Écrire à contact@doubs.fr', known).text).toBe('Écrire à contact@doubs.fr');
  expect(readMarks('+ de bus, +10 minutes, > 3 km', known)).toMatchObject({ text: '+ de bus, +10 minutes, > 3 km', organisation: null, finding: null });
  expect(readMarks('#inconnu', known).text).toBe('#inconnu');
  expect(readMarks('@3', known)).toMatchObject({ text: '@3', table: null });
});

test('pasted lines are one act; what a line says comes before what is chosen beside it; empty lines are nothing', () => {
  const captures = parseCapture('Un\n\nDeux @2\r\nTrois @2\nQuatre', known, { ...none, table: 5, organisation: 'o-1' });
  expect(captures.map(({ text, table, organisation }) => [text, table, organisation])).toEqual([['Un', 5, 'o-1'], ['Deux\nTrois', 2, 'o-1'], ['Quatre', 5, 'o-1']]);
  expect(countOf(captures)).toBe(4);
  expect(parseCapture('  \n ', known, none)).toEqual([]);
});

test('what is offered follows the letters before the caret, accents forgiven, and is written back in one word', () => {
  const typed = 'Une crèche #gar';
  const found = offered(typed, typed.length, known);
  expect(found?.choices.map((one) => one.name)).toEqual(['Garde d’enfants']);
  const taken = complete(typed, found?.start ?? 0, typed.length, found?.choices[0] as never);
  expect(taken).toEqual({ text: 'Une crèche #garde-d-enfants ', caret: 28 });
  expect(readMarks(taken.text, known).theme).toBe('t-3');
  expect(offered('Dire à @', 8, known)?.choices).toHaveLength(12);
  expect(offered('contact@', 8, known)).toBeNull();
  expect(offered('Une crèche', 10, known)).toBeNull();
  // Any word of a name finds it.
  expect(offered('+insertion', 10, known)?.choices.map((one) => one.value)).toContain('o-7');
});

test('every choice offered is understood once written', () => {
  for (const one of known) {
    const line = `Des mots ${one.mark}${one.slug}`;
    expect(tokens(line, known).map((token) => token.choice.value)).toEqual([one.value]);
  }
});
