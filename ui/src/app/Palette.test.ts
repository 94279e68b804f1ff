import { registerCommands } from '@/commands/index.svelte';
import { connect } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { route } from '@/router/index.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import Palette from './Palette.svelte';

const run = vi.fn();
let leave: () => void;
beforeEach(() => {
  connect(fakeApi());
  run.mockReset();
  leave = registerCommands([
    { id: 'a', title: () => 'Regrouper les propositions', keys: ['G'], run },
    { id: 'b', title: () => 'Ouvrir le vote', run: () => undefined },
    { id: 'c', title: () => 'Impossible maintenant', run: () => undefined, when: () => false },
  ]);
});
afterEach(() => leave());

const lines = () => screen.queryAllByTestId('palette-line').map((line) => line.textContent?.trim() ?? '');

it('a few letters find a command, accents and case forgiven, and Enter does it', async () => {
  render(Palette);
  const input = await screen.findByTestId('palette-input');
  expect(lines().join()).not.toContain('Impossible');
  await userEvent.type(input, 'REGROUP');
  await waitFor(() => expect(lines()[0]).toContain('Regrouper'));
  await userEvent.keyboard('{Enter}');
  expect(run).toHaveBeenCalledOnce();
});

it('proposals follow the commands, and lead to their atelier', async () => {
  render(Palette);
  const input = await screen.findByTestId('palette-input');
  await userEvent.type(input, 'velos electriques');
  await waitFor(() => expect(lines().at(-1)).toContain('Vélos électriques'));
  await userEvent.keyboard('{End}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
  expect(route.place).toBe('animer');
  expect(route.args[0]).toBe('w-7');
});

it('says when nothing matches', async () => {
  render(Palette);
  await userEvent.type(await screen.findByTestId('palette-input'), 'zzzzzzqq');
  await waitFor(() => expect(screen.getByText(/Rien ne correspond/)).toBeTruthy());
});
