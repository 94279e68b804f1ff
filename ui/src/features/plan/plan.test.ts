import { connect } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { expect, test, vi } from 'vitest';
import { Autosave } from './autosave.svelte';
import { editEuros, parseEuros } from './money';
import { dropBefore, neighbour } from './moves';
import { allActions, rows } from './rows';

test('euros are read as people write them and kept in cents', () => {
  expect(parseEuros('12 500,50 €')).toBe(1_250_050);
  expect(parseEuros('48\u202f000')).toBe(4_800_000);
  expect(parseEuros('12500.5')).toBe(1_250_050);
  expect(parseEuros('')).toBeNull();
  expect(parseEuros('douze')).toBeUndefined();
  expect(parseEuros('1,234')).toBeUndefined();
  expect(editEuros(1_250_050, 'fr-FR')).toBe('12500,5');
});

test('a move by one place names the sibling to stand before', () => {
  const ids = ['a', 'b', 'c'];
  expect(neighbour(ids, 'b', -1)).toBe('a');
  expect(neighbour(ids, 'a', 1)).toBe('c');
  expect(neighbour(ids, 'b', 1)).toBeNull();
  expect(neighbour(ids, 'a', -1)).toBeUndefined();
  expect(neighbour(ids, 'c', 1)).toBeUndefined();
});

test('a drop on the lower half goes after, and what moves is not its own neighbour', () => {
  expect(dropBefore(['a', 'b', 'c'], 'a', 'b', 'upper')).toBe('b');
  expect(dropBefore(['a', 'b', 'c'], 'a', 'b', 'lower')).toBe('c');
  expect(dropBefore(['a', 'b', 'c'], 'a', 'c', 'lower')).toBeNull();
});

test('the tree as rows holds every action once, those without objective last', async () => {
  const api = fakeApi();
  connect(api);
  const plan = await api.plan();
  const list = rows(plan);
  expect(list.filter((r) => r.kind === 'action').map((r) => r.id)).toEqual(allActions(plan).map((a) => a.id));
  expect(list.at(-1)).toMatchObject({ kind: 'action', parent: null });
});

test('typing is saved once after the pause, or at once when the field is left', async () => {
  vi.useFakeTimers();
  const save = vi.fn(async () => null);
  const autosave = new Autosave(save, 600);
  autosave.change('ac-1', { risks: 'Le' });
  autosave.change('ac-1', { risks: 'Le gel' });
  expect(autosave.state).toBe('pending');
  await vi.advanceTimersByTimeAsync(599);
  expect(save).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(save).toHaveBeenCalledExactlyOnceWith('ac-1', { risks: 'Le gel' });
  expect(autosave.state).toBe('saved');
  autosave.change('ac-1', { means: 'Un minibus' });
  await autosave.flush();
  expect(save).toHaveBeenLastCalledWith('ac-1', { means: 'Un minibus' });
  vi.useRealTimers();
});

test('what could not be saved is kept, said, and saved with the next try', async () => {
  const save = vi.fn(async (): Promise<null> => Promise.reject({ kind: 'file', code: 'disk_full', message: 'Le disque est plein.', hints: [] }));
  const autosave = new Autosave(save, 600);
  autosave.change('ac-1', { risks: 'Le gel' });
  await autosave.flush();
  expect(autosave.state).toBe('failed');
  expect(autosave.failure?.code).toBe('disk_full');
  expect(autosave.waiting('ac-1', 'risks')).toBe('Le gel');
  save.mockImplementation(async () => null);
  autosave.change('ac-1', { means: 'Un minibus' });
  await autosave.flush();
  expect(save).toHaveBeenLastCalledWith('ac-1', { risks: 'Le gel', means: 'Un minibus' });
  expect(autosave.state).toBe('saved');
});
