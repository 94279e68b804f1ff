import { dispatch } from '@/commands/index.svelte';
import { connect } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LOOK } from './reach';
import RoomScreen from './RoomScreen.svelte';

let api: FakeApi;
let stop: () => void;
let user: UserEvent;

beforeEach(async () => {
  localStorage.clear();
  resetQueries();
  api = fakeApi();
  connect(api);
  stop = followChanges();
  user = userEvent.setup();
  window.addEventListener('keydown', dispatch);
  render(RoomScreen, { workshop: 'w-7', seen: null });
  (await screen.findAllByTestId('card'))[0]?.focus();
  await user.keyboard('q');
  await screen.findByTestId('phones-panel');
});

afterEach(() => {
  stop();
  window.removeEventListener('keydown', dispatch);
});

const panel = () => within(screen.getByTestId('phones-panel'));

async function open(): Promise<void> {
  await user.type(panel().getByTestId('phones-wifi'), 'Salle des fêtes');
  await user.click(panel().getByTestId('phones-open'));
  await screen.findByTestId('phones-join');
}

test('closed, it asks on which network, and the keyboard is there', () => {
  const network = panel().getByTestId<HTMLSelectElement>('phones-interface');
  expect(document.activeElement).toBe(network);
  expect([...network.options].map((one) => one.value)).toEqual(['192.168.1.20', '127.0.0.1']);
  expect(screen.getByTestId('phones-chip').textContent).toContain('fermé');
});

test('opened, it shows both codes, the address to type and the six letters', async () => {
  await open();
  expect(panel().getByTestId('phones-address').textContent).toBe('http://192.168.1.20:4747');
  expect(panel().getByTestId('phones-word').textContent).toBe('MTKWVB');
  expect(panel().getAllByRole('img').map((one) => one.getAttribute('alt'))).toEqual([expect.stringContaining('Salle des fêtes'), expect.stringContaining('page')]);
  expect(panel().getByTestId('phones-count').textContent).toContain('18');
  expect(screen.getByTestId('phones-chip').textContent).toContain('2 à lire');
});

test('Alt+A lets the first proposal that waits onto the board, Alt+R sets the next aside', async () => {
  await open();
  await user.keyboard('{Alt>}a{/Alt}');
  await waitFor(() => expect(within(panel().getByTestId('held')).getAllByRole('listitem')).toHaveLength(1));
  await waitFor(() => expect(screen.getByTestId('column-ungrouped').textContent).toContain('Un bus qui passe après la fin du poste du soir'));
  await user.keyboard('{Alt>}r{/Alt}');
  await waitFor(() => expect(panel().queryByTestId('held')).toBeNull());
  expect(screen.getByTestId('column-ungrouped').textContent).not.toContain('Prêter une voiture');
});

test('who sees what others propose, and whether they are read first, can be changed while the room is open', async () => {
  const set = vi.spyOn(api, 'setPhones');
  connect({ ...api, setPhones: set });
  await open();
  await user.click(panel().getByTestId('sharing-table'));
  expect(set).toHaveBeenLastCalledWith('table', true);
  await user.keyboard('{Alt>}m{/Alt}');
  await waitFor(() => expect(set).toHaveBeenLastCalledWith('table', false));
  await user.keyboard('{Alt>}s{/Alt}');
  await waitFor(() => expect(panel().getByTestId<HTMLInputElement>('sharing-silent').checked).toBe(true));
});

test('a device is silenced and heard again; what was refused is counted', async () => {
  await open();
  const first = () => within(panel().getByTestId('devices')).getAllByTestId('silence')[0] as HTMLElement;
  // The one that was refused twelve times comes first.
  expect(first().closest('li')?.textContent).toContain('12');
  await user.click(first());
  await waitFor(() => expect(first().getAttribute('aria-pressed')).toBe('true'));
  await user.click(first());
  await waitFor(() => expect(first().getAttribute('aria-pressed')).toBe('false'));
  expect(within(panel().getByTestId('refusals')).getAllByRole('listitem').map((one) => one.querySelector('b')?.textContent)).toEqual(['12', '1']);
});

test('single-use cards are drawn once for an open vote, each different', async () => {
  await open();
  await user.keyboard('{Alt>}c{/Alt}');
  const number = await screen.findByTestId<HTMLInputElement>('cards-number');
  await user.clear(number);
  await user.type(number, '40');
  await user.click(screen.getByTestId('cards-draw'));
  const cards = within(await screen.findByTestId('cards')).getAllByRole('listitem').map((one) => one.textContent ?? '');
  expect(new Set(cards).size).toBe(40);
  expect(cards.every((card) => /^[BCDFGHJKMNPRTVWX]{3} [BCDFGHJKMNPRTVWX]{3}$/.test(card))).toBe(true);
});

test('a room that is open for another atelier is told, and not mistaken for this one', async () => {
  await api.openPhones({ workshop: 'w-3', address: '192.168.1.20', wifi: '', wifi_key: '', renew: false });
  await waitFor(() => expect(panel().getByText(/autre atelier/)).toBeTruthy());
  expect(panel().queryByTestId('phones-join')).toBeNull();
});

test('woken on another network, it says that phones no longer find it, and asks for the new one', async () => {
  await open();
  expect(panel().queryByTestId('phones-lost')).toBeNull();
  api.fake.phones.wireless = '10.0.0.7';
  expect((await screen.findByTestId('phones-lost', {}, { timeout: LOOK + 2000 })).textContent).toContain('http://192.168.1.20:4747');
  expect(screen.getByTestId('phones-chip').textContent).toContain('adresse perdue');
  await user.click(panel().getByTestId('phones-elsewhere'));
  await waitFor(() => expect(panel().getByTestId<HTMLSelectElement>('phones-interface').value).toBe('10.0.0.7'));
}, LOOK + 10_000);

test('closing the room takes the codes away', async () => {
  await open();
  await user.keyboard('{Alt>}x{/Alt}');
  await waitFor(() => expect(panel().queryByTestId('phones-join')).toBeNull());
  expect(panel().getByTestId('phones-open')).toBeTruthy();
});
