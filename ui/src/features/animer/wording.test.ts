import { expect, test } from 'vitest';
import { joined, pieces } from './wording';

test('pieces are sentences, else what « ; », « et » or a comma ties', () => {
  expect(pieces('Un bus le soir. Un garage ?')).toEqual(['Un bus le soir.', 'Un garage ?']);
  expect(pieces('un bus ; un garage')).toEqual(['Un bus', 'Un garage']);
  expect(pieces('un bus, et un garage')).toEqual(['Un bus', 'Un garage']);
  expect(pieces('bus, vélos, garage')).toEqual(['Bus', 'Vélos', 'Garage']);
  expect(pieces('Un garage')).toEqual(['Un garage']);
});

test('a joined wording leaves out what another one holds', () => {
  expect(joined(['Plus de bus', 'plus de bus le soir.', 'Un garage'])).toBe('plus de bus le soir ; Un garage');
  expect(joined(['Un garage', 'un garage.'])).toBe('Un garage');
});
