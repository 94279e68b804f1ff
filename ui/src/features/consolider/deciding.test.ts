import { dispatch } from '@/commands/index.svelte';
import { connect } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { go } from '@/router/index.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import Arbitration from './Arbitration.svelte';
import Outcomes from './Outcomes.svelte';

let stop: () => void;
let api: FakeApi;

beforeEach(() => {
  resetQueries();
  go('consolider', 'arbitrage');
  api = fakeApi();
  connect(api);
  stop = followChanges();
  window.addEventListener('keydown', dispatch);
});

afterEach(() => {
  stop();
  window.removeEventListener('keydown', dispatch);
});

test('1 retains what is looked at, and what was decided, when and by whom is shown', async () => {
  const user = userEvent.setup();
  render(Arbitration);
  await screen.findAllByTestId('arbitration-row');
  await user.keyboard('1');
  const list = await screen.findByTestId('decisions');
  expect(list.textContent).toContain('retenu');
  expect(list.textContent).toContain('Comité de pilotage');
  expect(api.fake.store.list('decision')).toHaveLength(1);
});

test('setting aside asks for a reason, which may be the number of one of the list', async () => {
  const user = userEvent.setup();
  render(Arbitration);
  await screen.findAllByTestId('arbitration-row');
  await user.keyboard('4');
  const field = await screen.findByTestId('decision-why');
  await user.type(field, '2{Enter}');
  await waitFor(() => expect(api.fake.store.list('decision')[0]?.fields.reason).toBe('Hors de la compétence des signataires'));
});

test('under another rule, places gained and lost are said, and the rule can be adopted', async () => {
  const user = userEvent.setup();
  render(Arbitration);
  const [first] = await screen.findAllByTestId('arbitration-row');
  const name = within(first as HTMLElement).getByText((_, element) => element?.tagName === 'B').textContent;
  await user.click(screen.getByTestId('rule-heads'));
  await waitFor(() => expect(screen.getAllByTestId('arbitration-row')[1]?.textContent).toContain(name));
  expect(screen.getAllByTestId('arbitration-row')[0]?.textContent).toContain('+1');
  await user.click(screen.getByTestId('adopt-rule'));
  await waitFor(() => expect(api.fake.store.get('process').fields.priority_rule).toBe('heads'));
});

test('E shows one at a time for the wall, arrows go on, Escape leaves', async () => {
  const user = userEvent.setup();
  render(Arbitration);
  await screen.findAllByTestId('arbitration-row');
  await user.keyboard('e');
  const page = await screen.findByTestId('meeting-page');
  const title = within(page).getByRole('heading', { level: 2 }).textContent;
  await user.keyboard('{ArrowRight}');
  await waitFor(() => expect(within(screen.getByTestId('meeting-page')).getByRole('heading', { level: 2 }).textContent).not.toBe(title));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('meeting-page')).toBeNull());
});

test('proposals without an answer are answered together, and leave the work list', async () => {
  const user = userEvent.setup();
  go('consolider', 'suites');
  render(Outcomes);
  const rows = await screen.findAllByTestId('outcome-row');
  rows[0]?.focus();
  await user.keyboard(' {ArrowDown} 5');
  await user.type(await screen.findByTestId('answer-reason'), 'Existe déjà{Enter}');
  await waitFor(() => expect(api.fake.store.list('outcome')).toHaveLength(2));
  await waitFor(() => expect(screen.getAllByTestId('outcome-row')).toHaveLength(rows.length - 2));
});

test('each atelier has its leaflet, with every proposal it made', async () => {
  go('consolider', 'suites', 'atelier', 'w-3');
  render(Outcomes);
  const leaflet = await screen.findByTestId('leaflet');
  const said = api.fake.store.list('proposal').filter((one) => one.fields.workshop === 'w-3');
  await waitFor(() => expect(within(leaflet).getAllByRole('listitem')).toHaveLength(said.length));
});

test('Enter goes from what was said to the action it became', async () => {
  const user = userEvent.setup();
  go('consolider', 'suites');
  render(Outcomes);
  await screen.findAllByTestId('outcome-row');
  await user.click(screen.getByTestId('open-only'));
  const row = await waitFor(() => {
    const taken = screen.getAllByTestId('outcome-row').find((one) => one.textContent.includes('reprise'));
    if (!taken) throw new Error('one is taken up');
    return taken;
  });
  row.focus();
  await user.keyboard('{Enter}');
  expect(location.hash).toMatch(/^#plan\//u);
});
