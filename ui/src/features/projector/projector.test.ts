import type { BallotView, ProjectorView } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { paginate } from './pages';
import Wall from './Wall.svelte';

const view = (part: Partial<ProjectorView>): ProjectorView => ({
  scene: { show: 'black' }, frozen: false, timer: { ends_at: null, left: null, total: 0 }, title: 'Atelier 7 · Mobilité', question: 'Que faudrait-il ?', groups: [], ballot: null, join: null, ...part,
});

async function openBallot(): Promise<BallotView> {
  const ballot = await fakeApi().ballot('v-1');
  // Even if such things reached it, the wall must not show them.
  return {
    ...ballot,
    state: 'open',
    bulletins: 17,
    entered: [{ key: 'bulletin-secret', bulletin: { grades: { 'v-1-1': 4 }, channel: 'paper', table: 9 } }],
    outcome: { method: 'majority-judgment', ranking: [['v-1-1']], winners: ['v-1-1'], scores: { 'v-1-1': { median: 4, profile: [0, 0, 0, 0, 1] } }, explanation: [], ballots: 17, invalid: 0, invalid_reasons: [], by_channel: {} },
  };
}

test('an open vote shows its question, options and rule, and neither bulletins nor result', async () => {
  const ballot = await openBallot();
  render(Wall, { view: view({ scene: { show: 'ballot', ballot: 'v-1' }, ballot }), now: 0 });
  const text = screen.getByTestId('projector').textContent;
  for (const option of ballot.options) expect(text).toContain(option.label);
  expect(text).toContain(ballot.question.slice(0, 20));
  expect(text).not.toMatch(/bulletin|17|Excellent|table/);
  expect(screen.queryByTestId('projector-result')).toBeNull();
});

test('a closed vote shows its merit profile', async () => {
  const ballot = { ...(await openBallot()), state: 'closed' };
  render(Wall, { view: view({ scene: { show: 'ballot', ballot: 'v-1' }, ballot }), now: 0 });
  expect(screen.getByTestId('merit-profile')).toBeTruthy();
  expect(screen.getByTestId('projector').innerHTML).not.toContain('bulletin-secret');
});

test('a black scene shows nothing at all', () => {
  render(Wall, { view: view({ groups: [{ name: 'Covoiturage', proposals: ['Une ligne'] }] }), now: 0 });
  expect(screen.getByTestId('projector').textContent.trim()).toBe('');
});

test('what is not yet grouped comes last on the wall', () => {
  const groups = [{ name: null, proposals: ['Seule'] }, { name: 'Covoiturage', proposals: ['Une ligne'] }];
  render(Wall, { view: view({ scene: { show: 'board', workshop: 'w-7' }, groups }), now: 0 });
  const heads = screen.getAllByRole('heading', { level: 2 }).map((h) => h.textContent);
  expect(heads[0]).toContain('Covoiturage');
  expect(heads[1]).toContain('À classer');
});

test('a long board is cut into pages that together hold every proposal once, in order', () => {
  const proposals = Array.from({ length: 40 }, (_, i) => `Proposition ${i} avec assez de mots pour tenir sur deux lignes du mur`);
  const pages = paginate([{ name: 'A', proposals }, { name: 'B', proposals: ['seule'] }], { columns: 3, lines: 12, letters: 31 });
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.flat().filter((c) => c.name === 'A').flatMap((c) => c.proposals)).toEqual(proposals);
  expect(pages.flat().filter((c) => c.continued).every((c) => c.name === 'A')).toBe(true);
});
