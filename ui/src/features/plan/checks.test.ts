import { connect } from '@/ipc';
import type { Check } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { resetQueries } from '@/query/index.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import Checks from './Checks.svelte';
import { placeOf } from './checks';

beforeEach(() => {
  resetQueries();
  connect(fakeApi());
});

test('every finding is a link to where it is mended', async () => {
  render(Checks);
  const all = await screen.findAllByTestId('check');
  expect(all.length).toBeGreaterThan(3);
  for (const one of all) expect(one.getAttribute('href')).toMatch(/^#(plan|consolider|preparer|animer)/u);
  expect(all.some((one) => /^#plan\/[^/]+\/lead$/u.test(one.getAttribute('href') ?? ''))).toBe(true);
});

test('one gravity can be looked at alone', async () => {
  const user = userEvent.setup();
  render(Checks);
  const all = (await screen.findAllByTestId('check')).length;
  const wrong = screen.queryByTestId('gravity-wrong') ?? screen.getByTestId('gravity-missing');
  await user.click(wrong);
  await waitFor(() => expect(wrong.getAttribute('aria-pressed')).toBe('true'));
  expect(screen.getAllByTestId('check').length).toBeLessThanOrEqual(all);
});

test('what is about no action leads to its own place', () => {
  const at = (found: Check['found']) => placeOf({ gravity: 'look', action: null, found, words: '' });
  expect(at({ check: 'unanswered', count: 3 })).toBe('#consolider/suites');
  expect(at({ check: 'emblem', funder: { id: 'f-1', name: 'Région' } })).toBe('#documents/charte');
  expect(at({ check: 'not_agreed', organisation: { id: 'o-1', name: 'CCAS' }, count: 1 })).toBe('#consolider/suites/partenaires/o-1');
  expect(at({ check: 'minority', proposal: { id: 'p-1', name: 'Un abri' }, workshop: 'w-3', concerned: true })).toBe('#animer/w-3/proposal/p-1');
});
