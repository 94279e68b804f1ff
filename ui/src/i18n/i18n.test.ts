import { afterEach, expect, it } from 'vitest';
import { addMinutes, daysBetween, formatBytes, formatDay, formatEuros, formatTime } from './format';
import { french, setLanguage, t, word } from './index.svelte';
import { readDay, readNumber, readTime } from './parse';

afterEach(() => setLanguage('fr'));

it('French signs never break away from their words', () => {
  expect(french('« Prêt » : oui ?')).toBe('«\u00a0Prêt\u00a0»\u00a0: oui\u202f?');
});

it('zero and one are singular in French, not in English', () => {
  expect(t('accueil.todo.ungrouped', { n: 0 })).toBe('0 proposition à classer');
  setLanguage('en');
  expect(t('accueil.todo.ungrouped', { n: 0 })).toBe('0 proposals to sort');
});

it('a word that the catalogue does not know survives', () => {
  expect(word('words.state', 'closed')).toBe('clos');
  expect(word('words.state', 'suspended')).toBe('suspended');
  expect(word('words.state', null)).toBe('');
});

it('days, times, sizes and money read as people write them', () => {
  expect(formatDay('2022-07-05')).toBe('mardi 5 juillet 2022');
  expect(formatDay('2022-07-01', 'long')).toBe('1er juillet 2022');
  expect(formatTime('14:05')).toBe('14\u00a0h\u00a005');
  expect(formatBytes(1_200_000)).toMatch(/^1,2\sMo$/);
  expect(formatEuros(4_800_000)).toMatch(/^48\s000\s€$/);
  setLanguage('en');
  expect(formatDay('2022-07-05')).toMatch(/^Tuesday,? 5 July 2022$/);
});

it('a day is read however it is typed', () => {
  for (const text of ['5/7/2022', '05.07.22', '5 juillet 2022', 'mardi 5 juil. 2022', '2022-07-05', '5 July 2022']) expect(readDay(text, '2022-01-01'), text).toBe('2022-07-05');
  expect(readDay('1er mars', '2022-01-01')).toBe('2022-03-01');
  expect(readDay('3 aout', '2022-01-01')).toBe('2022-08-03');
  for (const text of ['31/2/2022', 'demain', '', '5 brumaire']) expect(readDay(text, '2022-01-01'), text).toBeNull();
});

it('a time is read however it is typed', () => {
  expect(['14h30', '14:30', '1430', '14 h 30', '14.30'].map(readTime)).toEqual(Array(5).fill('14:30'));
  expect([readTime('9'), readTime('9h'), readTime('25h'), readTime('midi')]).toEqual(['09:00', '09:00', null, null]);
  expect([readNumber('1 200'), readNumber('-3'), readNumber('douze')]).toEqual([1200, null, null]);
});

it('times follow one another past midnight, and summer time moves no day', () => {
  expect(addMinutes('23:50', 20)).toBe('00:10');
  expect(daysBetween('2022-03-26', '2022-03-28')).toBe(2);
});
