import { dispatch } from '@/commands/index.svelte';
import { connect } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { go } from '@/router/index.svelte';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import Consolider from './Consolider.svelte';
import { tint } from './heat';
import { keepMark } from './saved';

let stop: () => void;

beforeEach(async () => {
  localStorage.clear();
  go('consolider');
  resetQueries();
  connect(fakeApi());
  stop = followChanges();
  window.addEventListener('keydown', dispatch);
  render(Consolider);
  await screen.findByTestId('heatmap');
});

afterEach(() => {
  stop();
  window.removeEventListener('keydown', dispatch);
});

test('a place without atelier is shown as a hole, in words', () => {
  expect(screen.getAllByText('aucun atelier').length).toBeGreaterThan(0);
});

test('a cell narrows the list to its theme and bassin, a second click widens it again', async () => {
  const user = userEvent.setup();
  const all = screen.getAllByTestId('source').length;
  const cell = screen.getAllByTestId('heat-cell').find((c) => c.querySelector('b')?.textContent !== '0') as HTMLElement;
  await user.click(cell);
  await waitFor(() => expect(screen.getAllByTestId('source').length).toBeLessThan(all));
  await user.click(screen.getAllByTestId('heat-cell').find((c) => c.getAttribute('aria-pressed') === 'true') as HTMLElement);
  await waitFor(() => expect(screen.getAllByTestId('source')).toHaveLength(all));
});

test('a filter is kept under a name, and taken again in one click', async () => {
  const user = userEvent.setup();
  const all = screen.getAllByTestId('source').length;
  await user.type(screen.getByTestId('filter-text'), 'permis');
  await waitFor(() => expect(screen.getAllByTestId('source').length).toBeLessThan(all));
  const some = screen.getAllByTestId('source').length;
  await user.click(screen.getByTestId('filter-save'));
  await user.type(await screen.findByTestId('filter-name'), 'Le permis{Enter}');
  await user.click(screen.getByTestId('filter-clear'));
  await waitFor(() => expect(screen.getAllByTestId('source')).toHaveLength(all));
  await user.click(await screen.findByTestId('saved-filter'));
  await waitFor(() => expect(screen.getAllByTestId('source')).toHaveLength(some));
});

test('what came since the last visit is told', async () => {
  cleanup();
  const api = fakeApi();
  connect(api);
  resetQueries();
  keepMark('process', api.fake.store.list('proposal').length - 2);
  render(Consolider);
  expect((await screen.findByTestId('news')).textContent).toContain('2 nouvelles');
});

test('R puts the proposals picked by keyboard into a rapprochement, by name or by number', async () => {
  const user = userEvent.setup();
  const clusters = screen.getAllByTestId('cluster').length;
  screen.getAllByTestId('source')[0]?.focus();
  await user.keyboard(' {ArrowDown} r');
  const field = await screen.findByTestId('naming-field');
  await user.clear(field);
  await user.type(field, 'Aller et venir{Enter}');
  await waitFor(() => expect(screen.getAllByTestId('cluster')).toHaveLength(clusters + 1));
  expect(screen.getByText('Aller et venir', { selector: 'button' })).toBeTruthy();
});

test('the tint grows with the number and is none for nothing', () => {
  expect(tint(0, 10)).toBe(0);
  expect(tint(10, 10)).toBe(1);
  expect(tint(3, 10)).toBeGreaterThan(tint(2, 10));
});
