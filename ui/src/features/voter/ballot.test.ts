import { dispatch } from '@/commands/index.svelte';
import { connect, type BallotView } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { resetQueries } from '@/query/index.svelte';
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import BallotPage from './BallotPage.svelte';

let api: FakeApi;

beforeEach(() => {
  resetQueries();
  api = fakeApi();
  connect(api);
  window.addEventListener('keydown', dispatch);
});

afterEach(() => window.removeEventListener('keydown', dispatch));

const onback = () => undefined;

test('a majority-judgment bulletin is typed as one digit per option, then Enter', async () => {
  const castBallot = vi.fn(async () => 'k-1');
  connect({ ...api, castBallot });
  const user = userEvent.setup();
  render(BallotPage, { ballot: await api.ballot('v-1'), onback });
  await user.keyboard('514{Enter}');
  expect(castBallot).toHaveBeenCalledWith('v-1', { grades: { 'v-1-1': 4, 'v-1-2': 0, 'v-1-3': 3 }, channel: 'paper' });
});

test('a bulletin that lacks a grade is not noted and says so', async () => {
  const castBallot = vi.fn(async () => 'k-1');
  connect({ ...api, castBallot });
  const user = userEvent.setup();
  render(BallotPage, { ballot: await api.ballot('v-1'), onback });
  await user.keyboard('51{Enter}');
  expect(castBallot).not.toHaveBeenCalled();
  expect(screen.getByTestId('enter-grades').textContent).toContain('Il manque 1 mention');
});

test('fourteen identical paper bulletins are one bulletin of weight 14, with their table', async () => {
  const castBallot = vi.fn(async () => 'k-1');
  connect({ ...api, castBallot });
  const user = userEvent.setup();
  render(BallotPage, { ballot: await api.ballot('v-1'), onback });
  await user.clear(screen.getByTestId('bulletin-weight'));
  await user.type(screen.getByTestId('bulletin-weight'), '14');
  await user.type(screen.getByTestId('bulletin-table'), '3');
  screen.getByTestId('enter-grades').focus();
  await user.keyboard('555{Enter}');
  expect(castBallot).toHaveBeenCalledWith('v-1', expect.objectContaining({ weight: 14, table: 3, channel: 'paper' }));
});

test('Ctrl+Z takes back the bulletin typed last, once, and never the vote itself', async () => {
  const withdrawBallot = vi.fn(async () => null);
  const castBallot = vi.fn(async () => 'k-7');
  connect({ ...api, castBallot, withdrawBallot });
  const user = userEvent.setup();
  render(BallotPage, { ballot: await api.ballot('v-1'), onback });
  await user.keyboard('514{Enter}');
  await user.keyboard('{Control>}z{/Control}');
  expect(withdrawBallot).toHaveBeenCalledWith('v-1', 'k-7');
  await user.keyboard('{Control>}z{/Control}');
  expect(withdrawBallot).toHaveBeenCalledTimes(1);
});

test('closing tells of a bulletin begun and not noted, once', async () => {
  const closeBallot = vi.fn(async () => null);
  connect({ ...api, closeBallot });
  const user = userEvent.setup();
  render(BallotPage, { ballot: await api.ballot('v-1'), onback });
  await user.keyboard('5c');
  expect(closeBallot).not.toHaveBeenCalled();
  await user.keyboard('c');
  expect(closeBallot).toHaveBeenCalledWith('v-1');
});

async function closedJudgment(): Promise<BallotView> {
  return {
    ...(await api.ballot('v-1')),
    state: 'closed',
    grade_names: ['À rejeter', 'Passable', 'Assez bien', 'Bien', 'Excellent'],
    outcome: {
      method: 'majority-judgment',
      ranking: [['v-1-1'], ['v-1-2', 'v-1-3']],
      winners: ['v-1-1'],
      scores: { 'v-1-1': { median: 3, profile: [1, 2, 5, 10, 13] }, 'v-1-2': { median: 2, profile: [3, 4, 9, 9, 6] }, 'v-1-3': { median: 2, profile: [3, 4, 9, 9, 6] } },
      explanation: [{ step: 'median', grade: 3, options: ['v-1-1'] }, { step: 'tie', options: ['v-1-2', 'v-1-3'] }],
      ballots: 31, invalid: 0, invalid_reasons: [], by_channel: { phone: 24, paper: 7 },
    },
  };
}

test('the merit profile has its table one key away, with the same figures', async () => {
  const user = userEvent.setup();
  render(BallotPage, { ballot: await closedJudgment(), onback });
  expect(within(screen.getByTestId('merit-profile')).getByRole('img', { name: /Mention Bien\. À rejeter\s: 1, .* Excellent\s: 13/ })).toBeTruthy();
  await user.keyboard('t');
  const rows = within(screen.getByTestId('result-table')).getAllByRole('row');
  expect(rows[1]?.textContent).toMatch(/1\s*Covoiturage\s*Bien\s*1\s*2\s*5\s*10\s*13/);
  await user.keyboard('t');
  expect(screen.getByTestId('merit-profile')).toBeTruthy();
});

test('a tie is said as a tie, and W explains the result in words', async () => {
  const user = userEvent.setup();
  render(BallotPage, { ballot: await closedJudgment(), onback });
  expect(screen.getByTestId('tie').textContent).toContain('À égalité, rang 2');
  await user.keyboard('w');
  expect(screen.getByTestId('explanation').textContent).toContain('sa mention majoritaire');
  expect(screen.getByTestId('explanation').textContent).toContain('rien ne les départage');
});
