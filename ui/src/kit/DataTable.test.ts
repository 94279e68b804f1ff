import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import DataTable from './DataTable.svelte';
import type { Column } from './table';

type Row = { id: string; name: string; college: string };
const rows: Row[] = [
  { id: 'o1', name: 'CCAS', college: 'c1' },
  { id: 'o2', name: 'Mission locale', college: '' },
];

function table() {
  const [save, choose, remove] = [vi.fn(), vi.fn(), vi.fn()];
  const columns: Column<Row>[] = [
    { id: 'name', title: 'Structure', text: (one) => one.name, save },
    { id: 'college', title: 'Collège', text: (one) => (one.college ? 'Institutions' : ''), value: (one) => one.college, choices: [{ value: 'c1', label: 'Institutions' }], save: choose },
  ];
  render(DataTable<Row>, { label: 'Structures', columns, rows, name: (one: Row) => one.name, onremove: remove });
  return { save, choose, remove };
}

const cell = (row: number, column: number) => document.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`);

it('arrows move, Enter edits, Enter keeps and goes down', async () => {
  const { save } = table();
  cell(0, 0)?.focus();
  await userEvent.keyboard('{Enter}');
  const input = screen.getByLabelText('Structure, CCAS');
  await userEvent.clear(input);
  await userEvent.type(input, 'CCAS de Besançon{Enter}');
  expect(save).toHaveBeenCalledWith(rows[0], 'CCAS de Besançon');
  await vi.waitFor(() => expect(document.activeElement).toBe(cell(1, 0)));
});

it('a letter begins anew, Escape leaves it as it was', async () => {
  const { save } = table();
  cell(1, 0)?.focus();
  await userEvent.keyboard('x');
  expect((screen.getByLabelText('Structure, Mission locale') as HTMLInputElement).value).toBe('x');
  await userEvent.keyboard('{Escape}');
  expect(save).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(document.activeElement).toBe(cell(1, 0)));
});

it('Delete takes the row away without asking', async () => {
  const { remove } = table();
  cell(0, 0)?.focus();
  await userEvent.keyboard('{ArrowDown}{Delete}');
  expect(remove).toHaveBeenCalledWith(rows[1]);
});

it('a choice is saved as what it stands for', async () => {
  const { choose } = table();
  cell(1, 1)?.focus();
  await userEvent.keyboard('{Enter}');
  await userEvent.selectOptions(screen.getByLabelText('Collège, Mission locale'), 'c1');
  expect(choose).toHaveBeenCalledWith(rows[1], 'c1');
});
