import { formatDay, formatEuros } from '@/i18n/format';
import { locale, t, word } from '@/i18n/index.svelte';
import { readDay, readNumber } from '@/i18n/parse';
import { api, type Fields, type FundingRow, type IndicatorRow, type MilestoneRow } from '@/ipc';
import type { Column } from '@/kit';
import { act, say } from '@/notify/index.svelte';
import { editEuros, parseEuros } from './money';

/** The three tables of an action: how each cell reads, and how what is typed in it is understood. */

const save = (row: { id: string }, fields: Fields) => act(() => api.edit(row.id, fields));

/** A text that may not be left empty keeps what it was. */
const required = (field: string) => (row: { id: string }, value: string | null) => (value?.trim() ? save(row, { [field]: value.trim() }) : undefined);
const plain = (field: string) => (row: { id: string }, value: string | null) => save(row, { [field]: value?.trim() || null });

/** What could not be read is said, and what was there stays. */
function read<T>(field: string, value: string | null, understand: (text: string) => T | null | undefined, refused: string) {
  return (row: { id: string }) => {
    if (!value?.trim()) return save(row, { [field]: null });
    const understood = understand(value);
    return understood === null || understood === undefined ? say(refused) : save(row, { [field]: understood as string | number });
  };
}

const day = (field: string) => (row: { id: string }, value: string | null) => read(field, value, readDay, t('kit.date.refused'))(row);
const short = (value: string | null) => formatDay(value, 'numeric');

export const milestoneColumns = (): Column<MilestoneRow>[] => [
  { id: 'what', title: t('plan.milestone.what'), text: (m) => m.what, save: required('what'), main: true },
  { id: 'who', title: t('plan.milestone.who'), text: (m) => m.who ?? '', save: plain('who'), width: 'minmax(0, 0.5fr)' },
  { id: 'due_on', title: t('plan.milestone.due_on'), text: (m) => short(m.due_on), save: day('due_on'), width: '112px' },
  { id: 'done_on', title: t('plan.milestone.done_on'), text: (m) => short(m.done_on), save: day('done_on'), width: '112px' },
];

const choices = (family: 'plan.funding.kinds' | 'plan.indicator.kinds', ids: readonly string[]) => ids.map((value) => ({ value, label: word(family, value) }));

export const fundingColumns = (): Column<FundingRow>[] => [
  { id: 'funder', title: t('plan.funding.funder'), text: (f) => f.funder, save: required('funder'), main: true },
  {
    id: 'year',
    title: t('plan.funding.year'),
    text: (f) => (f.year === null ? '' : String(f.year)),
    save: (row, value) => read('year', value, readNumber, t('kit.number.refused'))(row),
    width: '90px',
  },
  {
    id: 'kind',
    title: t('plan.funding.kind'),
    text: (f) => word('plan.funding.kinds', f.kind),
    value: (f) => f.kind ?? '',
    choices: choices('plan.funding.kinds', ['running', 'investment']),
    save: plain('kind'),
    width: '150px',
  },
  {
    id: 'planned',
    title: t('plan.funding.planned'),
    text: (f) => formatEuros(f.planned),
    value: (f) => editEuros(f.planned, locale.tag),
    save: (row, value) => read('planned', value, parseEuros, t('plan.funding.not_euros'))(row),
    width: '140px',
    align: 'end',
  },
];

export const indicatorColumns = (): Column<IndicatorRow>[] => [
  { id: 'name', title: t('plan.indicator.name'), text: (i) => i.name, save: required('name'), main: true },
  {
    id: 'kind',
    title: t('plan.indicator.kind'),
    text: (i) => word('plan.indicator.kinds', i.kind),
    value: (i) => i.kind ?? '',
    choices: choices('plan.indicator.kinds', ['output', 'result', 'impact']),
    save: plain('kind'),
    width: '92px',
  },
  { id: 'unit', title: t('plan.indicator.unit'), text: (i) => i.unit ?? '', save: plain('unit'), width: 'minmax(0, 0.5fr)' },
  { id: 'baseline', title: t('plan.indicator.baseline'), text: (i) => i.baseline ?? '', save: plain('baseline'), width: '58px', align: 'end' },
  { id: 'target', title: t('plan.indicator.target'), text: (i) => i.target ?? '', save: plain('target'), width: '58px', align: 'end' },
  { id: 'source', title: t('plan.indicator.source'), text: (i) => i.source ?? '', save: plain('source'), width: 'minmax(0, 0.5fr)' },
  { id: 'frequency', title: t('plan.indicator.frequency'), text: (i) => i.frequency ?? '', save: plain('frequency'), width: 'minmax(0, 0.7fr)' },
];
