import type { BallotView, ProjectorView } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { standing, stepLeft } from './agenda';
import { paginate } from './pages';
import Wall from './Wall.svelte';

const said = (...texts: string[]) => texts.map((text) => ({ text, support: 0 }));

const view = (part: Partial<ProjectorView>): ProjectorView => ({
  scene: { show: 'black' }, frozen: false, rehearsal: false, timer: { ends_at: null, left: null, total: 0 }, title: 'Atelier 7 · Mobilité', question: 'Que faudrait-il ?', groups: [], silent: null, steps: [], ballot: null, join: null, ...part,
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

test('an open vote shows its question, options, rule and how many voted, and neither bulletins nor result', async () => {
  const ballot = await openBallot();
  render(Wall, { view: view({ scene: { show: 'ballot', ballot: 'v-1' }, ballot }), now: 0 });
  const text = screen.getByTestId('projector').textContent;
  for (const option of ballot.options) expect(text).toContain(option.label);
  expect(text).toContain(ballot.question.slice(0, 20));
  expect(screen.getByTestId('projector-count').textContent).toContain('17');
  expect(text).not.toMatch(/bulletin-secret|Excellent|table/);
  expect(screen.queryByTestId('projector-result')).toBeNull();
});

test('a closed vote shows its merit profile', async () => {
  const ballot = { ...(await openBallot()), state: 'closed' };
  render(Wall, { view: view({ scene: { show: 'ballot', ballot: 'v-1' }, ballot }), now: 0 });
  expect(screen.getByTestId('merit-profile')).toBeTruthy();
  expect(screen.getByTestId('projector').innerHTML).not.toContain('bulletin-secret');
});

test('a long result is shown a page after the other, every option once', async () => {
  const options = Array.from({ length: 14 }, (_, i) => ({ id: `o${i}`, label: `Une proposition qui tient sur deux lignes au mur ${i}`, about: null, cost: null }));
  const ids = options.map((o) => o.id);
  const outcome = { method: 'dots' as const, ranking: ids.map((id) => [id]), winners: ['o0'], scores: Object.fromEntries(ids.map((id, i) => [id, { points: 40 - i, supporters: 20 - i }])), explanation: [], ballots: 20, invalid: 0, invalid_reasons: [], by_channel: {} };
  const ballot: BallotView = { ...(await openBallot()), method: 'dots', state: 'closed', options, outcome };
  const seen: string[] = [];
  for (const now of [0, 12_000, 24_000]) {
    const { unmount } = render(Wall, { view: view({ scene: { show: 'ballot', ballot: 'v-1' }, ballot }), now });
    const rows = [...screen.getByTestId('result-bars').querySelectorAll('.label')].map((one) => one.textContent);
    // Pages as long as each other, within one: no lonely last row.
    expect([4, 5]).toContain(rows.length);
    seen.push(...rows);
    unmount();
  }
  expect(seen).toEqual(options.map((o) => o.label));
});

const duels = async (count: number): Promise<BallotView> => {
  const options = Array.from({ length: count }, (_, i) => ({ id: `o${i}`, label: `Une proposition qui tient sur deux lignes au mur ${i}`, about: null, cost: null }));
  const ids = options.map((o) => o.id);
  const outcome = { method: 'schulze' as const, ranking: ids.map((id) => [id]), winners: ['o0'], scores: {}, explanation: [{ step: 'duels' as const, options: ids, margins: ids.map((_, i) => ids.map((__, j) => j - i)) }], ballots: 20, invalid: 0, invalid_reasons: [], by_channel: {} };
  return { ...(await openBallot()), method: 'schulze', state: 'closed', options, outcome };
};

test.each([2, 6, 9, 12])('a table of %i duels stands whole on the wall, however long the question', async (count) => {
  const ballot = { ...(await duels(count)), question: 'Que faudrait-il pour que personne ne renonce à un emploi faute de transport, là où le bus ne va pas ?' };
  render(Wall, { view: view({ scene: { show: 'ballot', ballot: 'v-1' }, ballot }), now: 0 });
  const rows = [...screen.getByTestId('duel-matrix').querySelectorAll('tbody tr')];
  expect(rows.map((row) => row.querySelector('.label')?.textContent)).toEqual(ballot.options.map((o) => o.label));
  expect(rows[0]?.querySelectorAll('.won').length).toBe(count - 1);
  expect(screen.getByTestId('projector-result').textContent).not.toContain('premiers sur');
});

test('a table of duels that leaves options out says so', async () => {
  render(Wall, { view: view({ scene: { show: 'ballot', ballot: 'v-1' }, ballot: await duels(15) }), now: 0 });
  expect(screen.getByTestId('duel-matrix').querySelectorAll('tbody tr').length).toBe(12);
  expect(screen.getByTestId('projector-result').textContent).toContain('Les 12 premiers sur 15');
});

test('a black scene shows nothing at all', () => {
  render(Wall, { view: view({ groups: [{ name: 'Covoiturage', proposals: said('Une ligne') }], steps: [{ title: 'Accueil', minutes: 5, started_at: 0, ended_at: null }] }), now: 0 });
  expect(screen.getByTestId('projector').textContent.trim()).toBe('');
});

test('what is not yet grouped comes last on the wall', () => {
  const groups = [{ name: null, proposals: said('Seule') }, { name: 'Covoiturage', proposals: said('Une ligne') }];
  render(Wall, { view: view({ scene: { show: 'board', workshop: 'w-7' }, groups }), now: 0 });
  const heads = screen.getAllByRole('heading', { level: 2 }).map((h) => h.textContent);
  expect(heads[0]).toContain('Covoiturage');
  expect(heads[1]).toContain('À classer');
});

test('a long board is cut into pages that together hold every proposal once, in order', () => {
  const proposals = said(...Array.from({ length: 40 }, (_, i) => `Proposition ${i} avec assez de mots pour tenir sur deux lignes du mur`));
  const pages = paginate([{ name: 'A', proposals }, { name: 'B', proposals: said('seule') }], { columns: 3, lines: 12, letters: 31 });
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.flat().filter((c) => c.name === 'A').flatMap((c) => c.proposals)).toEqual(proposals);
  expect(pages.flat().filter((c) => c.continued).every((c) => c.name === 'A')).toBe(true);
});

test('what was said again is told on the wall, in words for screen readers', () => {
  render(Wall, { view: view({ scene: { show: 'group', group: 'g' }, groups: [{ name: 'Garage', proposals: [{ text: 'Un garage', support: 2 }] }] }), now: 0 });
  expect(screen.getByText('Un garage').textContent).toContain('×\u00a03');
  expect(screen.getByLabelText('dit 3 fois')).toBeTruthy();
});

test('the question alone stands in large letters, smaller as it grows', () => {
  render(Wall, { view: view({ scene: { show: 'question', workshop: 'w-7' } }), now: 0 });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Que faudrait-il ?');
});

const step = (title: string, started: number | null, ended: number | null) => ({ title, minutes: 10, started_at: started, ended_at: ended });

test('the agenda tells now, next and the time left, and keeps both in sight', () => {
  const steps = [step('Accueil', 0, 5), step('Propositions', 5, null), step('Vote', null, null)];
  render(Wall, { view: view({ scene: { show: 'agenda', workshop: 'w-7' }, steps }), now: 5 + 4 * 60_000 });
  expect(screen.getByText('Propositions').closest('li')?.textContent).toContain('maintenant');
  expect(screen.getByText('Vote').closest('li')?.textContent).toContain('ensuite');
  expect(screen.getByRole('timer').textContent).toBe('6:00');
  const many = Array.from({ length: 14 }, (_, i) => step(`S${i}`, i <= 10 ? i : null, i < 10 ? i + 1 : null));
  expect(standing(many, 8)).toEqual({ now: 10, next: 11, first: 6 });
  expect(standing(steps, 8)).toEqual({ now: 1, next: 2, first: 0 });
  expect(standing([], 8)).toEqual({ now: null, next: null, first: 0 });
  expect(stepLeft(steps[1], 90_000, 0)).toBe(90_000);
  expect(stepLeft(undefined, null, 0)).toBeNull();
});
