import { dispatch } from '@/commands/index.svelte';
import { connect, type WorkshopRow } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Steps from './Steps.svelte';

// Dialogs are drawn whole, which a busy machine takes seconds for.
vi.setConfig({ testTimeout: 30_000 });

let api: FakeApi;
let stop: () => void;

const row = async (id: string): Promise<WorkshopRow> => (await api.board(id)).workshop;

async function open(id: string): Promise<{ refresh: () => Promise<void> }> {
  const others = [await row('w-3')];
  const { rerender } = render(Steps, { workshop: await row(id), others });
  return { refresh: async () => rerender({ workshop: await row(id), others }) };
}

beforeEach(() => {
  localStorage.clear();
  resetQueries();
  api = fakeApi();
  connect(api);
  stop = followChanges();
  window.addEventListener('keydown', dispatch);
});

afterEach(() => {
  stop();
  window.removeEventListener('keydown', dispatch);
});

test('a method found by a word is added by Enter with its words to say', async () => {
  await open('w-9');
  await userEvent.keyboard('l');
  const library = await screen.findByTestId('library');
  await userEvent.type(within(library).getByTestId('library-search'), 'gommettes{Enter}');
  await waitFor(async () => expect((await row('w-9')).steps).toHaveLength(1));
  const { steps } = await api.agenda('w-9');
  expect(steps[0]).toMatchObject({ title: 'Vote par gommettes' });
  expect(steps[0]?.wording).toContain('cinq gommettes');
});

test('a whole déroulé comes in one act and fits the hours', async () => {
  await open('w-9');
  await userEvent.keyboard('t');
  await userEvent.click(await screen.findByTestId('take-two-hours'));
  await waitFor(async () => expect((await row('w-9')).steps.length).toBeGreaterThan(5));
  await api.undo();
  expect((await row('w-9')).steps).toEqual([]);
});

test('keys on the lower edge stretch a séquence, and what follows starts later', async () => {
  const { refresh } = await open('w-10');
  const lines = await screen.findAllByTestId('step-line');
  expect(lines[1]?.textContent).toContain('14\u00a0h\u00a010');
  const edge = screen.getAllByTestId('stretch')[0] as HTMLElement;
  await fireEvent.keyDown(edge, { key: '+' });
  await waitFor(async () => expect((await row('w-10')).steps[0]?.minutes).toBe(15));
  await refresh();
  await waitFor(() => expect(screen.getAllByTestId('step-line')[1]?.textContent).toContain('14\u00a0h\u00a015'));
});

test('dragging the lower edge shows the times as they will be, and saves when let go', async () => {
  await open('w-10');
  const edge = (await screen.findAllByTestId('stretch'))[0] as HTMLElement;
  edge.setPointerCapture = () => undefined;
  await fireEvent.pointerDown(edge, { clientY: 100, pointerId: 1 });
  await fireEvent.pointerMove(edge, { clientY: 122, pointerId: 1 });
  await waitFor(() => expect(screen.getAllByTestId('step-line')[1]?.textContent).toContain('14\u00a0h\u00a020'));
  expect((await row('w-10')).steps[0]?.minutes).toBe(10);
  await fireEvent.pointerUp(edge, { clientY: 122, pointerId: 1 });
  await waitFor(async () => expect((await row('w-10')).steps[0]?.minutes).toBe(20));
});

test('the words to say are corrected where they stand', async () => {
  await open('w-10');
  await userEvent.click((await screen.findAllByTestId('step-open'))[0] as HTMLElement);
  const wording = await screen.findByTestId('step-wording');
  await userEvent.clear(wording);
  await userEvent.type(wording, 'Bonjour à toutes et à tous.');
  await fireEvent.blur(wording);
  await waitFor(async () => expect((await api.agenda('w-10')).steps[0]?.wording).toBe('Bonjour à toutes et à tous.'));
});
