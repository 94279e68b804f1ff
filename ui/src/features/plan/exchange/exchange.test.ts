import { connect } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { go } from '@/router/index.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Plan from '../Plan.svelte';

let api: FakeApi;
let stop: () => void;

beforeEach(() => {
  resetQueries();
  api = fakeApi();
  connect(api);
  stop = followChanges();
  go('plan', 'echanges');
});

afterEach(() => stop());

async function taken(): Promise<void> {
  vi.spyOn(api, 'chooseFile').mockResolvedValue('/tmp/fiche.docx');
  render(Plan);
  await userEvent.click(await screen.findByTestId('take-form'));
  await screen.findByTestId('difference');
}

const rows = () => screen.getAllByTestId('difference-row').map((row) => row.querySelector('.b')?.textContent);

test('a difference is shown three ways where the action changed meanwhile, and both texts can be kept', async () => {
  await taken();
  expect(rows()).toEqual(['Risques', 'Échéance', 'Moyens']);
  const one = screen.getByTestId('difference');
  expect(within(one).getByTestId('moved')).toBeTruthy();
  expect(within(one).getByTestId('sent').textContent).toContain('Le gel');
  await userEvent.click(within(one).getByTestId('accept-both'));
  await waitFor(() => expect(rows()).toEqual(['Échéance', 'Moyens']));
  expect(api.fake.store.list('action')[0]?.fields.risks).toBe('La neige, le gel, et la grève.');
  await api.undo();
  await waitFor(() => expect(rows()).toEqual(['Risques', 'Échéance', 'Moyens']));
});

test('what is no date cannot be accepted, and says why; the rest goes by one button', async () => {
  await taken();
  await userEvent.click(screen.getByText('Échéance', { selector: '.b' }));
  expect(screen.getByTestId('problem').textContent).toContain('fin 2023');
  expect(screen.getByTestId<HTMLButtonElement>('accept').disabled).toBe(true);
  await userEvent.click(screen.getByTestId('accept-all'));
  // What changed here meanwhile is never taken with the rest.
  await waitFor(() => expect(rows()).toEqual(['Risques', 'Échéance']));
});

test('a refusal writes nothing and can be taken back', async () => {
  await taken();
  await userEvent.click(screen.getByTestId('refuse'));
  await waitFor(() => expect(screen.getAllByTestId('difference-row')[0]?.textContent).toContain('refusée'));
  expect(api.fake.store.done.length).toBe(0);
});

test('a form is written for an action in the formats that were chosen', async () => {
  localStorage.setItem('moisson.documents.folder', '/tmp/envois');
  const send = vi.spyOn(api, 'sendForm');
  const action = api.fake.store.list('action')[0]?.id ?? '';
  go('plan', 'echanges', action);
  render(Plan);
  await userEvent.click(await screen.findByTestId('form-xlsx'));
  await userEvent.click(screen.getByTestId('write-form'));
  await screen.findAllByTestId('form-file');
  expect(send).toHaveBeenCalledWith(action, ['docx', 'xlsx'], '/tmp/envois');
});

test('a plan from a workbook is previewed, its columns said by hand, taken in and taken out by one undo', async () => {
  vi.spyOn(api, 'chooseFile').mockResolvedValue('/tmp/plan.xlsx');
  render(Plan);
  await userEvent.click(await screen.findByTestId('open-import-plan'));
  const before = api.fake.store.list('action').length;
  expect((await screen.findAllByTestId('import-action')).length).toBe(2);
  const roles = screen.getAllByTestId('import-column').map((row) => within(row).getByRole<HTMLSelectElement>('combobox'));
  expect(roles.map((one) => one.value)).toEqual(['title', '']);
  await userEvent.selectOptions(roles[1] as HTMLSelectElement, 'lead');
  await waitFor(() => expect(screen.getAllByTestId('import-action')[0]?.textContent).toContain('Garage du Haut-Doubs'));
  await userEvent.click(screen.getByTestId('import-plan-run'));
  await waitFor(() => expect(api.fake.store.list('action').length).toBe(before + 2));
  await api.undo();
  expect(api.fake.store.list('action').length).toBe(before);
});
