/** A board of five hundred proposals: what is drawn of it, and how long a key takes until it is seen. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { withWindow } from './chromium';

const { onPage } = withWindow();

const CARDS = 500;
/** A key at the keyboard's own rate: a frame to be drawn in, and as much again on a machine that does something else. */
const SEEN = 50;

/** Presses keys, one after the other; how long each took until its frame was drawn, in milliseconds, from the shortest on. */
async function timed(page: Page, keys: readonly string[]): Promise<number[]> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    addEventListener('keydown', () => {
      const start = performance.now();
      requestAnimationFrame(() => {
        // What comes after a frame's own tasks comes after it was drawn.
        const after = new MessageChannel();
        after.port1.onmessage = () => seen.push(performance.now() - start);
        after.port2.postMessage(null);
      });
    }, { capture: true });
  });
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForFunction((count) => (window as unknown as { seen: number[] }).seen.length >= count, keys.length);
  return page.evaluate(() => [...(window as unknown as { seen: number[] }).seen].sort((a, b) => a - b));
}

const middle = (times: readonly number[]): number => Math.round(times[Math.floor(times.length / 2)] ?? Infinity);
const drawn = (page: Page): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length);

it('a board of five hundred proposals stays fluid, and only what can be seen of it is drawn', async () => {
  await onPage('#animer/w-7', async (page) => {
    await page.getByTestId('card').first().waitFor();
    const few = await drawn(page);
    const lines = Array.from({ length: CARDS }, (_, n) => `Proposition ${n + 1} : une navette à la demande, matin et soir`).join('\n');
    await page.getByTestId('capture').fill(lines);
    await page.getByTestId('capture').press('Enter');
    await page.waitForFunction((count) => Number(document.querySelector('[data-testid="column-ungrouped"] .count')?.textContent) >= count, CARDS);
    const many = await drawn(page);
    const typing = await timed(page, [...'un car de nuit le samedi soir']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.getByTestId('capture').fill('');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.matches('[data-testid="card"]'));
    const moving = await timed(page, Array.from({ length: 40 }, () => 'ArrowDown'));
    await page.keyboard.press('End');
    await page.getByTestId('column-ungrouped').getByText(`Proposition ${CARDS} :`).waitFor();
    console.log(`${CARDS} proposals: ${many} elements (${few} with a dozen); a key is seen after ${middle(typing)} ms typing, ${middle(moving)} ms moving`);
    expect(many).toBeLessThan(few + 1_000);
    expect(middle(typing)).toBeLessThan(SEEN);
    expect(middle(moving)).toBeLessThan(SEEN);
  });
});
