import { dispatch } from '@/commands/index.svelte';
import { connect, type BallotView } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { resetQueries } from '@/query/index.svelte';
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import BallotPage from './BallotPage.svelte';
import Setup from './Setup.svelte';

let api: FakeApi;

beforeEach(() => {
  resetQueries();
  api = fakeApi();
  connect(api);
  window.addEventListener('keydown', dispatch);
});

afterEach(() => window.removeEventListener('keydown', dispatch));

const onback = () => undefined;
const none = { urns: [], refused: { late: 0, card_spent: 0, card_unknown: 0, invalid: 0 }, late_asked: false, questions: 0 };
async function closed(odd: Partial<BallotView['odd']>): Promise<BallotView> {
  await api.closeBallot('v-1');
  return { ...(await api.ballot('v-1')), odd: { ...none, ...odd } };
}

test('E limits a vote to five minutes, then extends it by two', async () => {
  const extendBallot = vi.fn(async () => null);
  connect({ ...api, extendBallot });
  const user = userEvent.setup();
  const ballot = await api.ballot('v-1');
  const { rerender } = render(BallotPage, { ballot, onback });
  await user.keyboard('e');
  expect(extendBallot).toHaveBeenLastCalledWith('v-1', 5);
  const settings = { ...ballot.settings, closes_at: Date.now() + 61_000 };
  await rerender({ ballot: { ...ballot, settings }, onback });
  expect(screen.getByTestId('time-limit').textContent).toMatch(/1:0\d/);
  await user.keyboard('e');
  expect(extendBallot).toHaveBeenLastCalledWith('v-1', 2);
});

test('time that is over is told and closes nothing', async () => {
  const closeBallot = vi.fn(async () => null);
  connect({ ...api, closeBallot });
  const ballot = await api.ballot('v-1');
  render(BallotPage, { ballot: { ...ballot, settings: { ...ballot.settings, closes_at: Date.now() - 1_000 } }, onback });
  expect(screen.getByTestId('time-limit').textContent).toContain('Le temps est écoulé');
  expect(closeBallot).not.toHaveBeenCalled();
});

test('an urn of another laptop is asked about, and counted or left aside', async () => {
  const settleLate = vi.fn(async () => null);
  connect({ ...api, settleLate });
  const user = userEvent.setup();
  render(BallotPage, { ballot: await closed({ urns: [{ id: 'u-1', laptop: 'Portable B', bulletins: 12 }], questions: 1 }), onback });
  const row = within(screen.getByTestId('late-urn'));
  expect(screen.getByTestId('late-urn').textContent).toMatch(/12 bulletins de «\sPortable B\s»/u);
  await user.click(row.getByTestId('count-late'));
  expect(settleLate).toHaveBeenLastCalledWith('v-1', 'u-1', true);
  await user.click(row.getByTestId('leave-late'));
  expect(settleLate).toHaveBeenLastCalledWith('v-1', 'u-1', false);
});

test('what phones sent too late is told until it is noted; cards shown twice stay told', async () => {
  const noteRefused = vi.fn(async () => null);
  connect({ ...api, noteRefused });
  const user = userEvent.setup();
  const refused = { late: 3, card_spent: 1, card_unknown: 0, invalid: 0 };
  render(BallotPage, { ballot: await closed({ refused, late_asked: true, questions: 1 }), onback });
  expect(screen.getByTestId('late-phones').textContent).toContain('3 bulletins de téléphone');
  expect(screen.getByTestId('odd').textContent).toContain('une carte déjà utilisée');
  await user.click(screen.getByTestId('odd-seen'));
  expect(noteRefused).toHaveBeenCalledWith('v-1');
});

test('a secret vote can neither show its result live nor ask where bulletins come from; another can', async () => {
  const newBallot = vi.fn(async () => 'v-9');
  connect({ ...api, newBallot });
  const user = userEvent.setup();
  render(Setup, { board: await api.board('w-7'), brought: [], onopen: () => undefined, oncancel: () => undefined });
  await user.click(screen.getByTestId('method-dots'));
  const live = screen.getByTestId<HTMLInputElement>('ballot-live');
  const origin = screen.getByTestId<HTMLInputElement>('ballot-origin');
  expect([live.disabled, origin.disabled]).toEqual([true, true]);
  await user.click(screen.getByTestId('ballot-secret'));
  await user.click(live);
  await user.click(origin);
  await user.click(screen.getByTestId('ballot-shuffled'));
  await user.click(screen.getByTestId('open-ballot'));
  expect(newBallot).toHaveBeenCalledWith(expect.objectContaining({ secret: false, settings: expect.objectContaining({ live: true, shuffled: true, ask_origin: true }) }));
});
