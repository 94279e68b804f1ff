import { dispatch } from '@/commands/index.svelte';
import { connect } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { differences } from '@/kit/differences';
import Fusionner from './Fusionner.svelte';

let api: ReturnType<typeof fakeApi>;
let stop: () => void;
beforeEach(() => {
  api = fakeApi();
  connect(api);
  resetQueries();
  stop = followChanges();
  window.addEventListener('keydown', dispatch);
});
afterEach(() => {
  stop();
  window.removeEventListener('keydown', dispatch);
});

it('a key keeps a version, and the next conflict comes', async () => {
  const settle = vi.spyOn(api, 'settle');
  render(Fusionner);
  await waitFor(() => expect(screen.getAllByTestId('conflict-row')).toHaveLength(2));
  await userEvent.keyboard('2');
  expect(settle).toHaveBeenCalledWith('w-7-p2', 'text', { how: 'keep', change: 'c-2' });
  await waitFor(() => expect(screen.getAllByTestId('conflict-row')).toHaveLength(1));
  expect(api.fake.store.get('w-7-p2').fields.text).toContain('stagiaires');
});

it('R rewrites, and the words typed settle it', async () => {
  const settle = vi.spyOn(api, 'settle');
  render(Fusionner);
  await screen.findByTestId('conflict');
  await userEvent.keyboard('r');
  const field = await screen.findByTestId('rewrite-text');
  await userEvent.clear(field);
  await userEvent.type(field, 'Partager les trajets d’une même zone, stagiaires compris');
  expect(settle).not.toHaveBeenCalled();
  await userEvent.click(screen.getByTestId('rewrite-save'));
  expect(settle).toHaveBeenCalledWith('w-7-p2', 'text', { how: 'value', value: 'Partager les trajets d’une même zone, stagiaires compris' });
});

it('arrows go from one conflict to the next', async () => {
  render(Fusionner);
  await screen.findByTestId('conflict');
  await userEvent.keyboard('{ArrowDown}');
  await waitFor(() => expect(screen.getByTestId('conflict').textContent).toContain('Proudhon'));
});

it('what differs is marked, word by word, in each version', () => {
  const marked = (text: string, other: string) => differences(text, other).filter((part) => part.own).map((part) => part.text);
  expect(marked('salle Proudhon', 'salle des Hauts du Chazal')).toEqual(['Proudhon']);
  expect(marked('Prêter des vélos électriques', 'Prêter des vélos')).toEqual(['électriques']);
  expect(differences('a b c', 'a c').map((part) => part.text).join('')).toBe('a b c');
});

it('dropped dossiers are looked at before anything is merged', async () => {
  const merge = vi.spyOn(api, 'merge');
  render(Fusionner);
  await screen.findByTestId('merge-choose');
  api.fake.drop({ type: 'drop', paths: ['/media/usb/a.dossier', '/media/usb/b.dossier', '/media/usb/photo.jpg'] });
  const report = await screen.findByTestId('merge-report');
  expect(report.dataset.merged).toBe('false');
  expect(merge).not.toHaveBeenCalled();
  await userEvent.click(screen.getByTestId('merge-run'));
  expect(merge).toHaveBeenCalledWith(['/media/usb/a.dossier', '/media/usb/b.dossier'], null);
  await waitFor(() => expect(screen.getByTestId('merge-report').dataset.merged).toBe('true'));
});
