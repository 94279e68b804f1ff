import { dispatch } from '@/commands/index.svelte';
import { connect, type RegionReport } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import Region from './Region.svelte';
import { region } from './region.svelte';

let api: ReturnType<typeof fakeApi>;
beforeEach(() => {
  localStorage.clear();
  api = fakeApi();
  connect(api);
  region.reset();
  window.addEventListener('keydown', dispatch);
});
afterEach(() => window.removeEventListener('keydown', dispatch));

it('files and folders are picked by key, compared by key, and answered in sums and rows', async () => {
  vi.spyOn(api, 'chooseFiles').mockResolvedValue(['/doubs.moisson', '/jura.moisson', '/doubs.moisson']);
  const compare = vi.spyOn(api, 'compareRegion');
  render(Region);
  await userEvent.keyboard('a');
  await screen.findByText('/jura.moisson');
  await userEvent.keyboard('d');
  await screen.findByText('/home/animatrice/Documents');
  await userEvent.keyboard('r');
  const totals = await screen.findByTestId('region-totals');
  expect(compare).toHaveBeenCalledWith('themes', ['/doubs.moisson', '/jura.moisson', '/home/animatrice/Documents']);
  expect(within(totals).getByRole('rowheader', { name: 'Mobilité' }).parentElement?.textContent).toContain('63');
  expect(screen.getByTestId('region-rows').textContent).toContain('Pontarlier');
  screen.getByText(/Une copie moins complète est laissée de côté/);
});

it('another question of the same démarches is asked at once, and remembered', async () => {
  region.add(['/doubs.moisson', '/jura.moisson']);
  const compare = vi.spyOn(api, 'compareRegion');
  render(Region);
  await userEvent.keyboard('r');
  await screen.findByTestId('region-totals');
  await userEvent.click(screen.getByTestId('tab-cost'));
  expect((await screen.findByTestId('region-rows')).textContent).toMatch(/184\s500\s€/);
  await screen.findAllByText('hors des axes');
  await userEvent.click(screen.getByTestId('tab-late'));
  await screen.findByText('1 action en retard');
  await screen.findByText('échéance passée');
  await userEvent.click(screen.getByTestId('tab-themes'));
  await screen.findByText('Pontarlier');
  expect(compare).toHaveBeenCalledTimes(3);
});

it('a file that is no démarche is said, and taken off the list by its button', async () => {
  region.add(['/notes.txt']);
  render(Region);
  await userEvent.keyboard('r');
  await screen.findByText(/notes\.txt n’est pas une démarche/);
  await userEvent.click(screen.getByRole('button', { name: 'Ne plus comparer /notes.txt' }));
  await screen.findByText('Aucune démarche choisie');
  expect(localStorage.getItem('moisson.region.sources')).toBe('');
});

it('a long comparison shows how far it is and can be stopped by a key', async () => {
  region.add(['/doubs.moisson']);
  let refuse: (thrown: unknown) => void = () => undefined;
  let tell: (progress: { done: number; total: number }) => void = () => undefined;
  vi.spyOn(api, 'compareRegion').mockReturnValue(new Promise<RegionReport>((_, reject) => (refuse = reject)));
  vi.spyOn(api, 'onRegionProgress').mockImplementation((listener) => {
    tell = listener;
    return () => undefined;
  });
  const cancel = vi.spyOn(api, 'cancelRegion');
  render(Region);
  await userEvent.keyboard('r');
  await screen.findByTestId('region-stop');
  tell({ done: 3, total: 12 });
  await screen.findByText('3 sur 12 lues');
  await userEvent.keyboard('x');
  expect(cancel).toHaveBeenCalled();
  refuse({ kind: 'input', code: 'stopped', message: 'Arrêté.', hints: [] });
  await screen.findByTestId('region-ask');
});

it('démarches that are dropped are added to the list', async () => {
  render(Region);
  api.fake.drop({ type: 'drop', paths: ['/media/usb/haute-saone.moisson'] });
  await screen.findByText('/media/usb/haute-saone.moisson');
});
