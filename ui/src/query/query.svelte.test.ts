import { connect } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followChanges, query, resetQueries } from './index.svelte';

let api: ReturnType<typeof fakeApi>;
let stop: () => void;
beforeEach(() => {
  api = fakeApi();
  connect(api);
  resetQueries();
  stop = followChanges();
});
afterEach(() => stop());

/** Follows a read as a component would; returns what it saw and how to stop. */
function follow<T>(read: () => T): { seen: T[]; leave: () => void } {
  const seen: T[] = [];
  const leave = $effect.root(() => {
    $effect(() => void seen.push(read()));
  });
  flushSync();
  return { seen, leave };
}

it('the same name and arguments are one entry', () => {
  expect(query('board', 'w-7')).toBe(query('board', 'w-7'));
  expect(query('board', 'w-7')).not.toBe(query('board', 'w-3'));
});

it('nothing is read before someone looks', async () => {
  const home = vi.spyOn(api, 'home');
  const entry = query('home');
  expect(home).not.toHaveBeenCalled();
  const { leave } = follow(() => entry.data?.process.title);
  await vi.waitFor(() => expect(entry.data?.process.title).toBe('SPIE du Doubs'));
  expect(home).toHaveBeenCalledTimes(1);
  leave();
});

it('a change is read again, and the old data stays meanwhile', async () => {
  const entry = query('board', 'w-7');
  const { seen, leave } = follow(() => entry.data?.ungrouped.length);
  await vi.waitFor(() => expect(entry.data).toBeDefined());
  const before = entry.data?.ungrouped.length ?? 0;
  await api.capture('w-7', { text: 'Un bus le soir' });
  await vi.waitFor(() => expect(entry.data?.ungrouped.length).toBe(before + 1));
  flushSync();
  expect(seen.slice(1), 'never undefined again').toEqual([before, before + 1]);
  leave();
});

it('a change that arrives during a read makes it read once more', async () => {
  const entry = query('plan');
  let answer: (() => void) | undefined;
  const real = api.plan.bind(api);
  const plan = vi.spyOn(api, 'plan').mockImplementationOnce(async () => {
    const old = await real();
    await new Promise<void>((resolve) => (answer = resolve));
    return old;
  });
  const { leave } = follow(() => entry.data?.title);
  await vi.waitFor(() => expect(answer).toBeDefined());
  await api.edit('process', { plan_title: 'Un autre titre' });
  await new Promise((later) => setTimeout(later, 5));
  answer?.();
  await vi.waitFor(() => expect(entry.data?.title).toBe('Un autre titre'));
  expect(plan).toHaveBeenCalledTimes(2);
  leave();
});

it('what nobody looks at is not read again until someone does', async () => {
  const entry = query('conflicts');
  const first = follow(() => entry.data);
  await vi.waitFor(() => expect(entry.data).toHaveLength(2));
  first.leave();
  await new Promise((later) => setTimeout(later, 5));
  const conflicts = vi.spyOn(api, 'conflicts');
  await api.settle('w-7', 'place', { how: 'keep', change: 'c-4' });
  await new Promise((later) => setTimeout(later, 10));
  expect(conflicts).not.toHaveBeenCalled();
  const second = follow(() => entry.data);
  await vi.waitFor(() => expect(entry.data).toHaveLength(1));
  second.leave();
});

it('a failure is kept beside the old data', async () => {
  const entry = query('home');
  const { leave } = follow(() => [entry.data, entry.error]);
  await vi.waitFor(() => expect(entry.data).toBeDefined());
  vi.spyOn(api, 'home').mockRejectedValueOnce({ kind: 'file', code: 'disk', message: 'Le disque est plein.', hints: [] });
  await entry.refresh();
  expect(entry.error?.code).toBe('disk');
  expect(entry.data).toBeDefined();
  leave();
});

it('views left long ago let their data go, and are read anew when looked at again', async () => {
  /** Looks at a view until it is there, then leaves it. */
  const look = async (most: number) => {
    const changes = query('changes', null, most);
    const { leave } = follow(() => changes.data);
    await vi.waitFor(() => expect(changes.data).toBeDefined(), { interval: 1 });
    leave();
    await Promise.resolve(); // the view is left in a microtask
    return changes;
  };
  const first = await look(1);
  const views = [];
  for (let most = 2; most <= 60; most += 1) views.push(await look(most));
  expect(first.data, 'the first one rests without data').toBeUndefined();
  expect(views.at(-1)?.data, 'the last one keeps its own').toBeDefined();
  expect((await look(1)).data).toBeDefined();
});
