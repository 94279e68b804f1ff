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
  const capture = vi.spyOn(api, 'captureAll');
  connect({ ...api, captureAll: capture });
  const user = userEvent.setup();
  await user.click(field());
  await user.keyboard('Prêter des scooters @3{Enter}');
  expect(capture).toHaveBeenCalledWith('w-7', [expect.objectContaining({ text: 'Prêter des scooters', table: 3, origin: 'keyboard' })]);
  expect(field().value).toBe('');
  await waitFor(() => expect(ungrouped()[0]?.textContent).toContain('Prêter des scooters'));
  expect(ungrouped()[0]?.textContent).toContain('table\u00a03');
});

test('words that could not be noted come back to the line, before what was typed meanwhile', async () => {
  const refused: AppError = { kind: 'file', code: 'disk_full', message: 'Le disque est plein.', hints: [] };
  let refuse = (_: unknown) => {};
  connect({ ...api, captureAll: () => new Promise((_, reject) => (refuse = reject)) });
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

const cardOf = (words: string) => screen.getAllByTestId('card').find((card) => card.textContent?.includes(words)) as HTMLElement;

test('what is typed and was said already is counted in one key, and nothing is noted twice', async () => {
  const user = userEvent.setup();
  const before = ungrouped().length;
  await user.click(field());
  await user.keyboard('garage solidaire à Valdahon');
  expect((await screen.findByTestId('again', {}, { timeout: 2000 })).textContent).toContain('Garage solidaire à Valdahon');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(field().value).toBe('');
  await waitFor(() => expect(within(cardOf('Garage solidaire')).getByTestId('card-support').textContent).toContain('2'));
  expect(ungrouped()).toHaveLength(before);
});

test('D counts a card once more and Shift+D takes it back', async () => {
  const user = userEvent.setup();
  cardOf('Garage solidaire').focus();
  await user.keyboard('d');
  await waitFor(() => expect(within(cardOf('Garage solidaire')).getByTestId('card-support').textContent).toContain('dit 2 fois'));
  await user.keyboard('{Shift>}D{/Shift}');
  await waitFor(() => expect(within(cardOf('Garage solidaire')).queryByTestId('card-support')).toBeNull());
});

test('marks are completed by keyboard and shown as chips before noting', async () => {
  const user = userEvent.setup();
  await user.click(field());
  await user.keyboard('Une crèche #gar');
  const option = await screen.findByRole('option', { selected: true, name: /garde/i });
  expect(field().getAttribute('aria-activedescendant')).toBe(option.id);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(field().value).toBe('Une crèche #garde-d-enfants '));
  expect(screen.getByTestId('capture-named').textContent).toContain('Garde d’enfants');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(cardOf('Une crèche')).toBeTruthy());
  expect(api.fake.store.list('proposal').at(-1)?.fields).toMatchObject({ text: 'Une crèche', theme: 't-3' });
});

test('a chip is removed with its mark, and Escape closes the list before it leaves the line', async () => {
  const user = userEvent.setup();
  await user.click(field());
  await user.keyboard('Un bus @3 de nuit');
  await user.click(within(screen.getByTestId('capture-named')).getByRole('button'));
  await waitFor(() => expect(field().value).toBe('Un bus de nuit'));
  await user.keyboard('{End} +P');
  expect(await screen.findByTestId('capture-offered')).toBeTruthy();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('capture-offered')).toBeNull());
  expect(document.activeElement).toBe(field());
});

test('pasted lines with tables of their own are one act', async () => {
  const user = userEvent.setup();
  await user.click(field());
  await user.paste('Un @1\nDeux @2\nTrois +PE');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(cardOf('Trois')).toBeTruthy());
  const acts = await api.history();
  expect(acts.acts.filter((one) => one.label === 'proposal.capture')).toHaveLength(1);
  await api.undo();
  await waitFor(() => expect(cardOf('Trois')).toBeUndefined());
  expect(cardOf('Deux')).toBeUndefined();
});

test('C splits a card and J joins two, the original words are kept aside and one undo brings them back', async () => {
  const user = userEvent.setup();
  cardOf('Garage solidaire').focus();
  await user.keyboard('c');
  const words = await screen.findByTestId<HTMLTextAreaElement>('rewording-field');
  await user.clear(words);
  await user.type(words, 'Un garage{Enter}Une voiture{Control>}{Enter}{/Control}');
  await waitFor(() => expect(cardOf('Une voiture')).toBeTruthy());
  expect(within(cardOf('Une voiture')).getByTestId('card-lineage').textContent).toContain('Garage solidaire à Valdahon');
  expect(screen.getByTestId('parked').textContent).toContain('Garage solidaire à Valdahon');
  await api.undo();
  await waitFor(() => expect(cardOf('Une voiture')).toBeUndefined());
  cardOf('Garage solidaire').focus();
  await user.keyboard(' {ArrowUp} j');
  const joined = await screen.findByTestId<HTMLTextAreaElement>('rewording-field');
  expect(joined.value).toContain('Garage solidaire à Valdahon');
  await user.keyboard('Tout ensemble{Enter}');
  await waitFor(() => expect(cardOf('Tout ensemble').textContent).toContain('réunit 2 propositions'));
});

test('a card that resembles another one is grouped, or judged different and never asked again', async () => {
  const user = userEvent.setup();
  await api.captureAll('w-7', [{ text: 'Un garage solidaire ailleurs qu’à Valdahon', table: null, finding: null, theme: null, organisation: null, group: null, origin: 'keyboard', card_number: null }]);
  await waitFor(() => expect(cardOf('ailleurs')).toBeTruthy());
  cardOf('ailleurs').focus();
  const like = await screen.findByTestId('like', {}, { timeout: 2000 });
  expect(like.textContent).toContain('Garage solidaire à Valdahon');
  expect(like.textContent).toContain('garage');
  await user.keyboard('r');
  await waitFor(() => expect(document.activeElement).toBe(like));
  await user.keyboard('x');
  await waitFor(() => expect(screen.queryByTestId('like')).toBeNull());
  expect(api.fake.store.list('distinct')).toHaveLength(1);
  cardOf('Vélos électriques').focus();
  cardOf('ailleurs').focus();
  await new Promise((later) => setTimeout(later, 400));
  expect(screen.queryByText('Garage solidaire à Valdahon', { selector: '[data-like] p' })).toBeNull();
});

test('paper cards are entered one after the other, and a number entered already is told', async () => {
  const user = userEvent.setup();
  cardOf('Garage solidaire').focus();
  await user.keyboard('{Shift>}N{/Shift}');
  await screen.findByTestId('paper-panel');
  await user.type(screen.getByTestId('paper-table'), '4{Enter}');
  await user.type(screen.getByTestId('paper-text'), 'Des bus le dimanche{Enter}');
  await waitFor(() => expect(cardOf('Des bus le dimanche').textContent).toMatch(/carte\s1/u));
  expect(screen.getByTestId<HTMLInputElement>('paper-number').value).toBe('2');
  await user.clear(screen.getByTestId('paper-number'));
  await user.type(screen.getByTestId('paper-number'), '1');
  await user.type(screen.getByTestId('paper-text'), 'Autre chose{Enter}');
  expect(screen.getByTestId('paper-panel').textContent).toContain('déjà saisie');
  expect(cardOf('Autre chose')).toBeUndefined();
  expect(api.fake.store.list('proposal').at(-1)?.fields).toMatchObject({ table: 4, card_number: 1, origin: 'paper' });
});

test('a picture dropped on the room opens beside a field whose lines become proposals', async () => {
  const user = userEvent.setup();
  api.fake.drop({ type: 'drop', paths: ['/media/usb/notes.txt'] });
  api.fake.drop({ type: 'drop', paths: ['/media/usb/paperboard.JPG'] });
  await screen.findByTestId('photo-panel');
  expect(await screen.findByTestId('photo-picture')).toBeTruthy();
  await user.type(screen.getByTestId('photo-text'), 'Un premier point{Enter}Un second @2{Control>}{Enter}{/Control}');
  await waitFor(() => expect(cardOf('Un second').textContent).toContain('photo'));
  expect(screen.getByTestId<HTMLTextAreaElement>('photo-text').value).toBe('');
});

test('B makes the screen black, and shows again what was there', async () => {
  const user = userEvent.setup();
  await api.project({ show: 'agenda', workshop: 'w-7' });
  cardOf('Garage solidaire').focus();
  await user.keyboard('b');
  await waitFor(async () => expect((await api.projector()).scene.show).toBe('black'));
  await user.keyboard('b');
  await waitFor(async () => expect((await api.projector()).scene.show).toBe('agenda'));
});
