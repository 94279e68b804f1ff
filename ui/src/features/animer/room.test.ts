import { dispatch } from '@/commands/index.svelte';
import { connect, type AppError } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import RoomScreen from './RoomScreen.svelte';

let api: FakeApi;
let stop: () => void;

beforeEach(async () => {
  localStorage.clear();
  resetQueries();
  api = fakeApi();
  connect(api);
  stop = followChanges();
  window.addEventListener('keydown', dispatch);
  render(RoomScreen, { workshop: 'w-7', seen: null });
  await screen.findByTestId('capture');
});

afterEach(() => {
  stop();
  window.removeEventListener('keydown', dispatch);
});

const field = () => screen.getByTestId<HTMLTextAreaElement>('capture');
const ungrouped = () => within(screen.getByTestId('column-ungrouped')).getAllByTestId('card');

test('Enter notes what is typed with its table, clears the line and shows the card', async () => {
  const capture = vi.spyOn(api, 'capture');
  connect({ ...api, capture });
  const user = userEvent.setup();
  await user.click(field());
  await user.keyboard('Prêter des scooters @3{Enter}');
  expect(capture).toHaveBeenCalledWith('w-7', expect.objectContaining({ text: 'Prêter des scooters', table: 3, origin: 'keyboard' }));
  expect(field().value).toBe('');
  await waitFor(() => expect(ungrouped()[0]?.textContent).toContain('Prêter des scooters'));
  expect(ungrouped()[0]?.textContent).toContain('table\u00a03');
});

test('words that could not be noted come back to the line, before what was typed meanwhile', async () => {
  const refused: AppError = { kind: 'file', code: 'disk_full', message: 'Le disque est plein.', hints: [] };
  let refuse = (_: unknown) => {};
  connect({ ...api, capture: () => new Promise((_, reject) => (refuse = reject)) });
  const user = userEvent.setup();
  await user.click(field());
  await user.keyboard('Des mots précieux @2{Enter}');
  expect(field().value).toBe('');
  await user.keyboard('La suite');
  refuse(refused);
  await waitFor(() => expect(field().value).toBe('Des mots précieux @2\nLa suite'));
  // And a crash would not lose them either.
  expect(localStorage.getItem('moisson.draft.w-7')).toBe('Des mots précieux @2\nLa suite');
});

test('G groups the selection under a typed name, by keyboard alone', async () => {
  const user = userEvent.setup();
  ungrouped()[0]?.focus();
  await user.keyboard(' {ArrowDown} g');
  const name = await screen.findByTestId('naming-field');
  await waitFor(() => expect(document.activeElement).toBe(name));
  await user.keyboard('Bus et horaires{Enter}');
  await waitFor(() => expect(screen.getAllByTestId('column')).toHaveLength(3));
  expect(within(screen.getAllByTestId('column')[2] as HTMLElement).getAllByTestId('card')).toHaveLength(2);
});

test('a regroupement’s number typed as a name moves the selection into it', async () => {
  const user = userEvent.setup();
  const before = within(screen.getAllByTestId('column')[1] as HTMLElement).getAllByTestId('card').length;
  ungrouped()[0]?.focus();
  await user.keyboard('g');
  await screen.findByTestId('naming-field');
  await user.keyboard('2{Enter}');
  await waitFor(() => expect(within(screen.getAllByTestId('column')[1] as HTMLElement).getAllByTestId('card')).toHaveLength(before + 1));
  expect(screen.getAllByTestId('column')).toHaveLength(2);
});

test('Delete removes the card in focus, and the focus stays on the board', async () => {
  const user = userEvent.setup();
  const before = ungrouped().length;
  ungrouped()[0]?.focus();
  await user.keyboard('{Delete}');
  await waitFor(() => expect(ungrouped()).toHaveLength(before - 1));
  await waitFor(() => expect((document.activeElement as HTMLElement).dataset['card']).toBeDefined());
});

test('Enter edits a card in place, Escape leaves it as it was', async () => {
  const user = userEvent.setup();
  const first = ungrouped()[0] as HTMLElement;
  const words = first.textContent;
  first.focus();
  await user.keyboard('{Enter}');
  const editor = await screen.findByTestId('card-editor');
  await user.type(editor, ' et plus{Escape}');
  expect(ungrouped()[0]?.textContent).toBe(words);
  ungrouped()[0]?.focus();
  await user.keyboard('e');
  await user.type(await screen.findByTestId('card-editor'), ' et plus{Enter}');
  await waitFor(() => expect(ungrouped()[0]?.textContent).toContain('et plus'));
});
