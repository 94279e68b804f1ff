import { connect } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { resetQueries } from '@/query/index.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import App from './App.svelte';
import { sheets } from './sheets.svelte';

it('the first start is three steps: a name, the guide, the demo', async () => {
  localStorage.clear();
  resetQueries();
  const api = fakeApi({ open: false });
  const state = api.appState;
  let laptop: string | null = null;
  vi.spyOn(api, 'appState').mockImplementation(async () => ({ ...(await state()), recent: [], laptop }));
  vi.spyOn(api, 'setPreferences').mockImplementation(async (chosen) => {
    ({ laptop } = chosen);
    return api.appState();
  });
  connect(api);
  render(App);
  await userEvent.type(await screen.findByTestId('welcome-laptop'), 'Portable du CCAS{Enter}');
  await screen.findByText('Ce portable s’appelle Portable du CCAS.');
  await userEvent.click(screen.getByTestId('first-guide'));
  expect(sheets.open).toBe('guide');
  sheets.close();
  expect(screen.getByTestId('first-start').textContent).toContain('fait');
  const demo = vi.spyOn(api, 'openDemo');
  await userEvent.click(screen.getByTestId('first-demo'));
  expect(demo).toHaveBeenCalled();
});
