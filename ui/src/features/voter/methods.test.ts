import { dispatch } from '@/commands/index.svelte';
import { connect, type BallotView, type Outcome, type RoomMethod } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { resetQueries } from '@/query/index.svelte';
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import BallotPage from './BallotPage.svelte';
import Setup from './Setup.svelte';
import { defaultSettings, suggested } from './setup';

let api: FakeApi;

beforeEach(() => {
  resetQueries();
  api = fakeApi();
  connect(api);
  window.addEventListener('keydown', dispatch);
});

afterEach(() => window.removeEventListener('keydown', dispatch));

const onback = () => undefined;

async function asked(method: RoomMethod): Promise<BallotView> {
  return { ...(await api.ballot('v-1')), method, settings: defaultSettings(method, 3), next_duel: method === 'pairwise' ? ['v-1-2', 'v-1-3'] : null };
}

async function typed(method: RoomMethod, keys: string): Promise<unknown> {
  const castBallot = vi.fn(async () => 'k-1');
  connect({ ...api, castBallot });
  const user = userEvent.setup();
  render(BallotPage, { ballot: await asked(method), onback });
  await user.keyboard(keys);
  return (castBallot.mock.calls as unknown[][])[0]?.[1];
}

test('an order is typed as the place of each option, ties and blanks allowed', async () => {
  expect(await typed('schulze', '2{ }1{Enter}')).toEqual({ ranking: [['v-1-3'], ['v-1-1']], channel: 'paper' });
});

test('two equal places tie', async () => {
  expect(await typed('irv', '122{Enter}')).toEqual({ ranking: [['v-1-1'], ['v-1-2', 'v-1-3']], channel: 'paper' });
});

test('scores are typed within their scale', async () => {
  expect(await typed('score', '905{ }3{Enter}')).toEqual({ scores: { 'v-1-1': 0, 'v-1-2': 5, 'v-1-3': 3 }, channel: 'paper' });
});

test('impact and effort are two digits per option, and half a pair is not noted', async () => {
  expect(await typed('impact-effort', '51{ }{ }42{Enter}')).toEqual({ scores: { 'v-1-1': { impact: 5, effort: 1 }, 'v-1-3': { impact: 4, effort: 2 } }, channel: 'paper' });
});

test('half a pair is told and not noted', async () => {
  expect(await typed('impact-effort', '5{Enter}')).toBeUndefined();
  expect(screen.getByTestId('enter-digits').textContent).toContain('Il manque un impact ou un effort');
});

test('opinions are 1 for, 2 without a view, 3 against', async () => {
  expect(await typed('consensus', '123{Enter}')).toEqual({ votes: { 'v-1-1': 1, 'v-1-2': 0, 'v-1-3': -1 }, channel: 'paper' });
});

test('an objection asks for its reason, which goes with it', async () => {
  const castBallot = vi.fn(async () => 'k-1');
  connect({ ...api, castBallot });
  const user = userEvent.setup();
  render(BallotPage, { ballot: await asked('consent'), onback });
  await user.keyboard('132');
  await user.type(screen.getByTestId('reason-1'), 'Le bus ne passe plus{Enter}');
  expect(castBallot).toHaveBeenCalledWith('v-1', { stances: { 'v-1-1': 'consent', 'v-1-2': 'object', 'v-1-3': 'stand-aside' }, reasons: { 'v-1-2': 'Le bus ne passe plus' }, channel: 'paper' });
});

test('a duel is answered in one key, the pair being the one that teaches most', async () => {
  expect(await typed('pairwise', '2')).toEqual({ duel: ['v-1-2', 'v-1-3'], won: 'v-1-3', channel: 'paper' });
});

test('a duel skipped is noted without a winner', async () => {
  expect(await typed('pairwise', '0')).toEqual({ duel: ['v-1-2', 'v-1-3'], channel: 'paper' });
});

test('typed twice, a bulletin is noted only where both entries agree', async () => {
  const castBallot = vi.fn(async () => 'k-1');
  connect({ ...api, castBallot });
  const user = userEvent.setup();
  render(BallotPage, { ballot: await asked('score'), onback });
  await user.click(screen.getByTestId('twice'));
  screen.getByTestId('enter-digits').focus();
  await user.keyboard('123{Enter}');
  expect(castBallot).not.toHaveBeenCalled();
  await user.keyboard('124{Enter}');
  expect(castBallot).not.toHaveBeenCalled();
  await user.keyboard('125{Enter}125{Enter}');
  expect(castBallot).toHaveBeenCalledTimes(1);
});

test('ready wordings come one after the other by Alt and an arrow', async () => {
  const user = userEvent.setup();
  render(Setup, { board: await api.board('w-7'), brought: [], onopen: () => undefined, oncancel: onback });
  const question = screen.getByTestId<HTMLInputElement>('ballot-question');
  question.focus();
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(question.value).toContain('garder pour le plan d’actions');
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  expect(question.value).toContain('mettre en route en premier');
});

test('hands, where nothing is secret, are not said to be', async () => {
  const board = await api.board('w-7');
  render(Setup, { board: { ...board, groups: board.groups.slice(0, 2) }, brought: board.groups.slice(0, 2).map((g) => g.id), onopen: () => undefined, oncancel: onback });
  expect(screen.getByTestId<HTMLInputElement>('method-hands').checked).toBe(true);
  expect(screen.getByTestId<HTMLInputElement>('ballot-secret').checked).toBe(false);
});

test('the method suggested follows the number of options', () => {
  expect([suggested(1, 20), suggested(2, 20), suggested(9, 20), suggested(60, 20)]).toEqual(['consent', 'hands', 'dots', 'pairwise']);
});

const ids = ['v-1-1', 'v-1-2', 'v-1-3'];
const base = { winners: ['v-1-1'], ranking: [['v-1-1'], ['v-1-2'], ['v-1-3']], ballots: 12, invalid: 0, invalid_reasons: [], by_channel: {} };
const per = <T,>(give: (i: number) => T) => Object.fromEntries(ids.map((id, i) => [id, give(i)]));
const results: Record<string, Outcome> = {
  'result-ranges': { ...base, method: 'score', scores: per((i) => ({ mean: 4 - i, median: 4 - i, quartiles: [3 - i, 5 - i] as [number, number], answers: 12, histogram: [] })), explanation: [{ step: 'totals', totals: [['v-1-1', 4]] }] },
  'duel-matrix': { ...base, method: 'schulze', scores: per((i) => ({ value: 2 - i })), explanation: [{ step: 'duels', options: ids, margins: [[0, 4, 6], [-4, 0, 2], [-6, -2, 0]] }] },
  rounds: { ...base, method: 'irv', scores: per((i) => ({ value: 5 - i })), explanation: [{ step: 'round', votes: [['v-1-1', 5], ['v-1-2', 4], ['v-1-3', 3]], elected: [], eliminated: ['v-1-3'], exhausted: 0 }, { step: 'round', votes: [['v-1-1', 8], ['v-1-2', 4]], elected: ['v-1-1'], eliminated: [], exhausted: 0 }] },
  plane: { ...base, method: 'impact-effort', scores: per((i) => ({ impact: 5 - i, effort: 1 + i, impact_quartiles: [1, 5] as [number, number], effort_quartiles: [1, 5] as [number, number], answers: 12, quadrant: 'quick_win' as const })), explanation: [{ step: 'quadrants', middle: 3 }] },
  funding: { ...base, method: 'budget', scores: per((i) => ({ cost: 300 + i, supporters: 9 - i })), explanation: [{ step: 'funded', option: 'v-1-1', cost: 300, left: 600, share: 25 }] },
  'consent-list': { ...base, method: 'consent', scores: per((i) => ({ consent: 8, stand_aside: 2, object: i })), explanation: [{ step: 'objection', option: 'v-1-2', count: 1, reasons: ['Trop loin'] }] },
  'consensus-map': { ...base, method: 'consensus', scores: per((i) => ({ group_informed_consensus: 0.6 - i / 10, groups: [{ group: '1', agree: 8, disagree: i, pass: 0 }, { group: '2', agree: 4 - i, disagree: 2 * i, pass: 1 }] })), explanation: [{ step: 'groups', sizes: [['1', 8], ['2', 4]] }] },
};

test.each([
  ['duel-matrix', 'gagne tous ses duels, le plus serré de 4 bulletins'],
  ['result-ranges', 'l’emporte : 4, contre 3 au suivant'],
])('the picture %s says by how much the first is ahead', async (testid, words) => {
  const outcome = results[testid];
  if (outcome) render(BallotPage, { ballot: { ...(await asked(outcome.method)), state: 'closed', outcome }, onback });
  expect(screen.getByTestId('headline').textContent?.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')).toContain(words);
});

test.each(Object.entries(results))('the picture %s has its table one key away and its reasons in words', async (testid, outcome) => {
  const user = userEvent.setup();
  const ballot = { ...(await asked(outcome.method)), state: 'closed', outcome };
  render(BallotPage, { ballot, onback });
  expect(screen.getByTestId(testid)).toBeTruthy();
  expect(screen.getByTestId('headline').textContent).not.toBe('');
  await user.keyboard('t');
  const rows = within(screen.getByTestId('result-table')).getAllByRole('row');
  expect(rows.length).toBe(4);
  expect(rows[1]?.textContent).toContain(ballot.options[0]?.label);
  await user.keyboard('w');
  expect(within(screen.getByTestId('explanation')).getAllByRole('listitem').length).toBe(outcome.explanation.length);
});

test('another method is counted from the same bulletins, and what moves is told', async () => {
  const user = userEvent.setup();
  const first: Outcome = { ...base, method: 'majority-judgment', scores: per((i) => ({ median: 4 - i, profile: [1, 1, 1, 1, 8] })), explanation: [] };
  const second: Outcome = { ...(results['result-ranges'] ?? first), ranking: [['v-1-2'], ['v-1-1'], ['v-1-3']], winners: ['v-1-2'] };
  connect({ ...api, recount: vi.fn(async () => second) });
  render(BallotPage, { ballot: { ...(await asked('majority-judgment')), state: 'closed', outcome: first, others: ['score', 'schulze'] }, onback });
  await user.keyboard('m');
  expect((await screen.findByTestId('moved')).textContent).toMatch(/gagne des places.*du rang 2 au rang 1/u);
});

test('a part that is withheld shows no place', async () => {
  const user = userEvent.setup();
  const outcome = results['result-ranges'];
  if (!outcome) throw new Error('no result');
  connect({ ...api, slices: vi.fn(async () => ({ slices: [{ label: 'paper', bulletins: 9, outcome }, { label: 'phone', bulletins: 3, outcome: null }], divided: [] })) });
  render(BallotPage, { ballot: { ...(await asked('score')), state: 'closed', outcome }, onback });
  await user.keyboard('s');
  const cells = within(await screen.findByRole('table')).getAllByRole('cell');
  expect(cells.map((cell) => cell.textContent).slice(0, 2)).toEqual(['1', 'non montré']);
});

test('a vote by a method of a later version is told as such', async () => {
  render(BallotPage, { ballot: await asked('unknown'), onback });
  expect(screen.getByTestId('ballot-page').textContent).toContain('Vote non compris par cette version');
});
