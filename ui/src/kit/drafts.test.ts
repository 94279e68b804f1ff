import { beforeEach, expect, test } from 'vitest';
import { drafts } from './drafts.svelte';

beforeEach(() => {
  localStorage.clear();
  drafts.play(false);
});

test('unfinished words are found again after a crash, under their name', () => {
  drafts.write('w-1', 'Un texte commencé');
  expect(drafts.read('w-1')).toBe('Un texte commencé');
  expect(drafts.read('w-2')).toBe('');
  drafts.write('w-1', '');
  expect(drafts.read('w-1')).toBe('');
});

test('words of a rehearsal stand in no real atelier, and those of the real one wait for it', () => {
  drafts.write('w-1', 'De vrai');
  drafts.play(true);
  expect(drafts.read('w-1')).toBe('');
  drafts.write('w-1', 'Pour essayer');
  expect(drafts.read('w-1')).toBe('Pour essayer');
  drafts.play(false);
  expect(drafts.read('w-1')).toBe('De vrai');
  drafts.play(true);
  expect(drafts.read('w-1')).toBe('');
});
