import { dispatch } from '@/commands/index.svelte';
import { connect } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { configure, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import RoomScreen from './RoomScreen.svelte';

// A whole room is drawn each time, which a busy machine takes seconds for.
vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 8_000 });

let api: FakeApi;
let stop: () => void;

const workshop = async () => (await api.board('w-7')).workshop;

async function open(id = 'w-7'): Promise<void> {
  render(RoomScreen, { workshop: id, seen: null });
  await screen.findByTestId('capture');
  // In the capture line letters are words; on the board they are commands.
  screen.getAllByTestId('card')[0]?.focus();
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

test('+ makes the séquence under way five minutes longer, and the countdown follows it', async () => {
  const extend = vi.spyOn(api, 'extendTimer');
  connect({ ...api, extendTimer: extend });
  await open();
  const before = (await workshop()).steps[2]?.minutes ?? 0;
  await userEvent.keyboard('+');
  await waitFor(async () => expect((await workshop()).steps[2]).toMatchObject({ minutes: before + 5, planned: before }));
  await waitFor(() => expect(extend).toHaveBeenCalledWith(5));
  await userEvent.keyboard('-');
  await waitFor(async () => expect((await workshop()).steps[2]?.minutes).toBe(before));
});

test('S starts the next séquence in one act, the countdown runs for it, and an undo brings both back', async () => {
  const run = vi.spyOn(api, 'runTimer');
  connect({ ...api, runTimer: run });
  await open();
  const started = (await workshop()).steps[2]?.started_at ?? 0;
  await userEvent.keyboard('s');
  await waitFor(async () => expect((await workshop()).steps[3]?.started_at).not.toBeNull());
  await waitFor(() => expect(run).toHaveBeenCalledWith(expect.any(Number), 20 * 60_000));
  await api.undo();
  await waitFor(() => expect(run).toHaveBeenLastCalledWith(started + 40 * 60_000, 40 * 60_000));
  expect((await workshop()).steps[3]?.started_at).toBeNull();
});

test('late: the proposal says what it would cut, Maj+R does it as one act', async () => {
  await open();
  const offer = await screen.findByTestId('catch-up');
  expect(offer.textContent).toContain('Regroupement');
  const acts = api.fake.store.done.length;
  await userEvent.keyboard('{Shift>}r{/Shift}');
  await waitFor(async () => expect((await workshop()).steps[3]?.planned).toBe(20));
  expect(api.fake.store.done.length).toBe(acts + 1);
  await api.undo();
  await waitFor(async () => expect((await workshop()).steps.every((one) => one.planned === null)).toBe(true));
});

test('L shows the words to say for the séquence under way, L again puts them away', async () => {
  await open();
  await userEvent.keyboard('l');
  const panel = await screen.findByTestId('wording-panel');
  await waitFor(() => expect(panel.textContent).toContain('À votre table'));
  await userEvent.keyboard('l');
  await waitFor(() => expect(screen.queryByTestId('wording-panel')).toBeNull());
});

test('Maj+M mutes the timer, and the laptop remembers it', async () => {
  await open();
  await userEvent.keyboard('{Shift>}m{/Shift}');
  await waitFor(() => expect(screen.getByTestId('sound').getAttribute('aria-pressed')).toBe('false'));
  expect(localStorage.getItem('moisson.timer.muted')).toBe('yes');
});

test('A opens attendance; a tap counts one more, and the atelier’s number follows', async () => {
  await open();
  await userEvent.keyboard('a');
  const panel = await screen.findByTestId('attendance-panel');
  await userEvent.click((await within(panel).findAllByTestId('more'))[0] as HTMLElement);
  await waitFor(() => expect(within(panel).getByTestId('attendance-totals').textContent).toContain('1 présent'));
  expect((await workshop()).present_count).toBe(1);
  await userEvent.click(within(panel).getByTestId('by-person'));
  await userEvent.click((await within(panel).findAllByTestId('mark-remote'))[0] as HTMLElement);
  await waitFor(async () => expect(await api.attendance('w-7')).toMatchObject({ present: 2, remote: 1 }));
  // The same mark again takes it away.
  await userEvent.click(within(panel).getAllByTestId('mark-remote')[0] as HTMLElement);
  await waitFor(async () => expect(await api.attendance('w-7')).toMatchObject({ present: 1, remote: 0 }));
});

test('someone at the door of a new structure is added with it', async () => {
  await open();
  await userEvent.keyboard('a');
  const panel = await screen.findByTestId('attendance-panel');
  await userEvent.type(await within(panel).findByTestId('door-organisation'), 'Garage solidaire');
  await userEvent.click(within(panel).getByTestId('door-add'));
  await waitFor(async () => expect((await api.attendance('w-7')).organisations.find((one) => one.name === 'Garage solidaire')?.present).toBe(1));
});

test('closing says what is left, counts hands in one tap, notes a decision, then shows the minutes', async () => {
  await open();
  await userEvent.keyboard('{Shift>}c{/Shift}');
  const panel = await screen.findByTestId('close-panel');
  await within(panel).findByTestId('left-running_step');
  await userEvent.click(within(panel).getByTestId('rate-4'));
  await userEvent.click(within(panel).getByTestId('rate-5'));
  await waitFor(() => expect(within(panel).getByTestId('rating-mean').textContent).toContain('4,5'));
  const decisions = within(panel).getByTestId('notes-decision_taken');
  await userEvent.type(within(decisions).getByTestId('note-add'), 'Essayer un bus{Enter}');
  await waitFor(() => expect(decisions.textContent).toContain('Essayer un bus'));
  await userEvent.click(within(panel).getByTestId('close-confirm'));
  const minutes = await screen.findByTestId('minutes-preview');
  expect((await workshop()).state).toBe('closed');
  expect((await workshop()).steps.every((one) => one.started_at === null || one.ended_at !== null)).toBe(true);
  await waitFor(() => expect(minutes.textContent).toContain('Essayer un bus'));
  // Once final, the text is frozen.
  await userEvent.click(screen.getByTestId('minutes-final'));
  await waitFor(() => expect(within(screen.getByTestId('minutes-preview')).queryAllByTestId('note-add')).toEqual([]));
});

test('the dossier goes where it went last time, without asking again', async () => {
  const out = vi.spyOn(api, 'exportDossier');
  const choose = vi.spyOn(api, 'chooseFolder');
  connect({ ...api, exportDossier: out, chooseFolder: choose });
  await api.closeWorkshop('w-7');
  await open();
  await userEvent.keyboard('{Shift>}c{/Shift}');
  await userEvent.click(await screen.findByTestId('make-dossier'));
  await waitFor(() => expect(out).toHaveBeenCalledTimes(1));
  await userEvent.click(screen.getByTestId('make-dossier'));
  await waitFor(() => expect(out).toHaveBeenCalledTimes(2));
  expect(choose).toHaveBeenCalledTimes(1);
  expect(out.mock.calls[0]?.[0]).toMatch(/^\/home\/animatrice\/Documents\/.*7.*\.dossier$/);
  expect(out.mock.calls[0]?.[1]).toMatchObject({ workshops: ['w-7'], people: false });
});

test('Maj+B shows what another atelier said on the theme and the action that takes it up', async () => {
  await open();
  await userEvent.keyboard('{Shift>}b{/Shift}');
  const panel = await screen.findByTestId('previous-panel');
  await waitFor(() => expect(panel.textContent).toContain('Aides au permis'));
  expect(panel.textContent).toContain('auto-école solidaire');
  expect(panel.textContent).toContain('Demander à la Région');
});
