import { dispatch } from '@/commands/index.svelte';
import { connect } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { marks } from './marks';
import Similar from './Similar.svelte';

let stop: () => void;
let api: FakeApi;

beforeEach(async () => {
  resetQueries();
  api = fakeApi();
  const [first, second] = ['w-3', 'w-7'];
  const add = (workshop: string, text: string) => api.fake.store.add('proposal', { workshop, text, cluster: null });
  add(first, 'Une ressourcerie mobile dans les villages');
  add(second, 'Ressourcerie mobile pour les villages isolés');
  add(first, 'Des cours de natation gratuits');
  add(second, 'Cours gratuits de natation à la piscine');
  connect(api);
  stop = followChanges();
  window.addEventListener('keydown', dispatch);
  render(Similar);
  await screen.findAllByTestId('pair');
});

afterEach(() => {
  stop();
  window.removeEventListener('keydown', dispatch);
});

test('Enter puts the first pair together and the next one has the focus', async () => {
  const user = userEvent.setup();
  const before = screen.getAllByTestId('pair').length;
  const clusters = api.fake.store.list('cluster').length;
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.getAllByTestId('pair').length).toBeLessThan(before));
  expect(document.activeElement?.getAttribute('data-testid')).toBe('pair');
  expect(api.fake.store.list('cluster').length + api.fake.store.list('proposal').filter((one) => one.fields.cluster).length).toBeGreaterThan(clusters);
});

test('X judges a pair different for good, and undo asks it again', async () => {
  const user = userEvent.setup();
  const before = screen.getAllByTestId('pair').length;
  await user.keyboard('x');
  await waitFor(() => expect(screen.getAllByTestId('pair')).toHaveLength(before - 1));
  expect(api.fake.store.list('distinct')).toHaveLength(1);
  await api.undo();
  await waitFor(() => expect(screen.getAllByTestId('pair')).toHaveLength(before));
});

test('words in common are told apart whatever their endings and accents', () => {
  const shared = (text: string, why: string[]) => marks(text, why).filter((piece) => piece.shared).map((piece) => piece.text);
  expect(shared('Des navettes à l’écluse', ['navette', 'ecluse'])).toEqual(['navettes', 'écluse']);
  expect(shared('Rien de tel', ['navette'])).toEqual([]);
  expect(marks('Des navettes', ['navette']).map((piece) => piece.text).join('')).toBe('Des navettes');
});
