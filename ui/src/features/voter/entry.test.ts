import { expect, test } from 'vitest';
import { checkDots, digitOf, emptyGrades, missing, optionOf, typeDots, typeGrade } from './entry';

const typed = (keys: string) => [...keys].reduce((state, key) => typeGrade(state, key, 5), emptyGrades(3));

test('digits fill grades one option after the other, the worst being 1', () => {
  expect(typed('513')).toEqual({ values: [4, 0, 2], at: 2 });
});

test('a digit beyond the grades is refused, as is zero', () => {
  expect(typed('609').values).toEqual([null, null, null]);
});

test('Backspace takes back the last digit, also on the last option', () => {
  const back = (keys: string) => typeGrade(typed(keys), 'Backspace', 5);
  expect(back('51')).toEqual({ values: [4, null, null], at: 1 });
  expect(back('513')).toEqual({ values: [4, 0, null], at: 2 });
  expect(missing(back('513').values)).toBe(1);
});

test('dots beyond the limits are said, never cut', () => {
  const values = typeDots(typeDots([0, 0], 0, '4'), 1, '3');
  expect(values).toEqual([4, 3]);
  expect(checkDots(values, 5, null)).toBe('too_many');
  expect(checkDots([4, 1], 5, 3)).toBe('too_many_on_one');
  expect(checkDots([0, 0], 5, null)).toBe('empty');
  expect(checkDots([2, 3], 5, 3)).toBe('none');
});

test('the upper row of a French keyboard types digits without Shift', () => {
  expect(digitOf({ key: '&', code: 'Digit1', shiftKey: false })).toBe('1');
  expect(digitOf({ key: 'ArrowUp', code: 'Numpad8', shiftKey: false })).toBe('ArrowUp');
  expect(optionOf('0', 10)).toBe(9);
  expect(optionOf('4', 3)).toBeNull();
});
