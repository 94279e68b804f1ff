import { expect, test } from 'vitest';
import { parseCapture, parseLine, readDraft, unparse, writeDraft } from './capture';

test('an @ and digits at the end of a line name the table, anywhere else they are words', () => {
  expect(parseLine('Prêter des scooters @3 ')).toEqual({ text: 'Prêter des scooters', table: 3 });
  expect(parseLine('Écrire à contact@doubs.fr')).toEqual({ text: 'Écrire à contact@doubs.fr', table: null });
  expect(parseLine('@3')).toEqual({ text: '@3', table: null });
});

test('pasted lines of one table are one act, empty lines are nothing', () => {
  expect(parseCapture('Un\n\nDeux @2\r\nTrois @2\nQuatre', 5)).toEqual([
    { text: 'Un', table: 5 },
    { text: 'Deux\nTrois', table: 2 },
    { text: 'Quatre', table: 5 },
  ]);
  expect(parseCapture('  \n ', null)).toEqual([]);
});

test('what comes back to the line reads as it was typed', () => {
  const typed = 'Un\nDeux @2';
  expect(unparse(parseCapture(typed, null), null)).toBe(typed);
});

test('unfinished words are found again after a crash, per atelier', () => {
  writeDraft('w-1', 'Un texte commencé');
  expect(readDraft('w-1')).toBe('Un texte commencé');
  expect(readDraft('w-2')).toBe('');
  writeDraft('w-1', '');
  expect(readDraft('w-1')).toBe('');
});
