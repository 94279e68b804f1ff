import { connect } from '@/ipc';
import type { Tracking } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { go } from '@/router/index.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bar, grouped, scale } from './calendar';
import Plan from './Plan.svelte';
import { line } from './readings';

let api: FakeApi;
let stop: () => void;

beforeEach(() => {
  resetQueries();
  api = fakeApi();
  connect(api);
  stop = followChanges();
});

afterEach(() => stop());

test('a calendar shows whole months, and a bar lasts until the end of its last day', () => {
  const days = scale({ first: '2022-03-10', last: '2022-04-20', today: '2022-04-01' });
  expect(days.months.map((month) => month.start)).toEqual(['2022-03-01', '2022-04-01']);
  const shown = bar(days, { starts_on: '2022-03-01', ends_on: '2022-04-30' });
  expect(shown?.from).toBe(0);
  expect(shown?.to).toBeCloseTo(100);
  expect(bar(days, { starts_on: null, ends_on: null })).toBeNull();
});

test('an action with two leads stands under both, one without under none', () => {
  const row = (id: string, leads: string[]) => ({ id, leads: leads.map((name) => ({ id: name, name })), axis: null, territories: [] }) as unknown as Tracking['rows'][number];
  const groups = grouped([row('a', ['CCAS', 'Département']), row('b', [])], 'lead', 'sans');
  expect(groups.map((group) => [group.name, group.rows.length])).toEqual([['CCAS', 1], ['Département', 1], ['sans', 1]]);
});

test('readings are drawn from where they start, against where they should get', () => {
  const measures = [{ id: 'm', date: '2022-03-01', value: '50', number: 50 }, { id: 'n', date: '2022-06-01', value: '100', number: 100 }];
  const drawn = line({ from: 0, to: 100, measures });
  expect(drawn?.points.split(' ')[0]).toBe('0,22');
  expect(drawn?.points.split(' ').at(-1)).toBe('100,2');
  expect(drawn?.target).toBe(2);
  expect(line({ from: 0, to: 10, measures: [{ id: 'x', date: '2022-01-01', value: 'en attente', number: null }] })).toBeNull();
});

test('every action of the plan is in the calendar, and leads to its page', async () => {
  go('plan', 'calendrier');
  render(Plan);
  const rows = await screen.findAllByTestId('calendar-row');
  expect(rows.length).toBe((await api.tracking()).rows.filter((row) => row.status !== 'dropped').length);
  expect(rows[0]?.getAttribute('href')).toMatch(/^#plan\//u);
});

test('the state of an action is changed where it is followed, a reading is one more', async () => {
  const user = userEvent.setup();
  go('plan', 'suivi');
  render(Plan);
  const [row] = await screen.findAllByTestId('follow-row');
  await user.selectOptions(within(row as HTMLElement).getByTestId('follow-status'), 'done');
  await waitFor(async () => expect((await api.tracking()).done).toBeGreaterThan(0));
  const [field] = screen.getAllByTestId('new-reading');
  await user.type(field as HTMLElement, '12{Enter}');
  await waitFor(() => expect(api.fake.store.list('measure')).toHaveLength(1));
});

test('the budget has a line per funder and its total', async () => {
  go('plan', 'budget');
  render(Plan);
  const rows = await screen.findAllByTestId('budget-row');
  expect(rows.length).toBe((await api.tracking()).budget.rows.length);
  expect(screen.getByTestId('budget-total').textContent).toMatch(/€/u);
});

test('the plan is adopted under a label, and what is amended afterwards is told', async () => {
  const user = userEvent.setup();
  go('plan', 'versions');
  render(Plan);
  await user.click(await screen.findByTestId('adopt'));
  expect((await screen.findByTestId('version')).textContent).toContain('V1');
  expect(screen.queryAllByTestId('amended')).toHaveLength(0);
  await api.edit('ac-1', { title: 'Une auto-école qui roule' });
  expect((await screen.findByTestId('amended')).textContent).toContain('modifié');
});

test('a remark is noted on an action and ticked off, an action is split and the part opens', async () => {
  const user = userEvent.setup();
  go('plan', 'ac-1');
  render(Plan);
  await user.type(await screen.findByTestId('new-comment'), 'Qui paie ?{Enter}');
  const remark = await screen.findByTestId('comment');
  await user.click(within(remark).getByRole('checkbox'));
  await waitFor(() => expect(api.fake.store.list('note').at(-1)?.fields.done).toBe(true));
  await user.type(screen.getByTestId('split-title'), 'Le code de la route{Enter}');
  await waitFor(() => expect(api.fake.store.list('action').map((one) => one.fields.title)).toContain('Le code de la route'));
});
