import { connect } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { notices } from '@/notify/index.svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { greetBack, key, renewWhenWorn } from './renewal';

const fake = fakeApi();
const renewPage = vi.fn(async () => undefined);
let awaited = 0;

beforeEach(() => {
  vi.useFakeTimers();
  renewPage.mockClear();
  sessionStorage.clear();
  awaited = 0;
  connect({ ...fake, renewPage, awaited: () => awaited });
});
afterEach(() => {
  vi.useRealTimers();
});

const type = (keys: number) => Array.from({ length: keys }, key);

test('a page begins anew after long typing, once all was answered and nobody types', async () => {
  type(2_499);
  await renewWhenWorn();
  expect(renewPage).not.toHaveBeenCalled();

  type(1);
  awaited = 1;
  let asked = renewWhenWorn();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(renewPage).not.toHaveBeenCalled();
  // Keys that go on put it off to the next change of place.
  type(1);
  awaited = 0;
  await vi.advanceTimersByTimeAsync(1_000);
  await asked;
  expect(renewPage).not.toHaveBeenCalled();

  asked = renewWhenWorn();
  await vi.advanceTimersByTimeAsync(1_000);
  await asked;
  expect(renewPage).toHaveBeenCalledOnce();
  await renewWhenWorn();
  expect(renewPage).toHaveBeenCalledOnce();
});

test('only a page that ended by itself is told of', async () => {
  greetBack();
  expect(notices.said).toBeNull();
  greetBack();
  expect(notices.said?.text).toMatch(/s’était arrêtée/u);
  type(3_000);
  const asked = renewWhenWorn();
  await vi.advanceTimersByTimeAsync(1_000);
  await asked;
  const told = notices.said?.id;
  greetBack();
  expect(notices.said?.id).toBe(told);

  // A web view that keeps the page has it marked again.
  sessionStorage.clear();
  await vi.advanceTimersByTimeAsync(20_000);
  greetBack();
  expect(notices.said?.id).not.toBe(told);
});
