import { dispatch } from '@/commands/index.svelte';
import { connect } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { go } from '@/router/index.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import Preparer from './Preparer.svelte';

let api: ReturnType<typeof fakeApi>;
let stop: () => void;
beforeEach(async () => {
  api = fakeApi();
  connect(api);
  resetQueries();
  stop = followChanges();
  window.addEventListener('keydown', dispatch);
  await api.setPerson('p-1', 'name', 'Maud Girardot');
  await api.setPerson('p-2', 'email', 'sapin@doubs.example');
  go('preparer', 'donnees');
  render(Preparer);
});
afterEach(() => {
  stop();
  window.removeEventListener('keydown', dispatch);
});

it('each person named is given their data, or forgotten', async () => {
  const give = vi.spyOn(api, 'givePerson');
  const people = await screen.findByTestId('kept-people');
  expect(within(people).getAllByRole('listitem')).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: /Remettre ses données\s: Hêtre/ }));
  expect(give).toHaveBeenCalledWith('p-1', '/home/animatrice/Documents');
  await userEvent.click(screen.getByRole('button', { name: 'Oublier cette personne : Hêtre' }));
  await userEvent.click(await screen.findByTestId('forget-go'));
  await screen.findByTestId('forgotten');
});

it('the register is written by a key, the legal basis offered, and a day past asks to forget everyone', async () => {
  const written = vi.spyOn(api, 'exportDocuments');
  await screen.findByTestId('register');
  await userEvent.keyboard('w');
  await waitFor(() => expect(written).toHaveBeenCalledWith('register', null, ['pdf', 'docx'], expect.any(String)));
  await userEvent.click(screen.getByRole('button', { name: 'Mission d’intérêt public' }));
  await screen.findByDisplayValue(/article 6\.1\.e/);
  const until = screen.getByTestId('retain-until');
  await userEvent.clear(until);
  await userEvent.type(until, '30/09/2021{Tab}');
  await screen.findByText(/2 personnes sont encore nommées alors que la date est passée/);
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('{Shift>}X{/Shift}');
  await userEvent.click(await screen.findByTestId('forget-all-go'));
  await screen.findByText('2 personnes oubliées.');
  await screen.findByText('Personne n’est nommé ici');
});
