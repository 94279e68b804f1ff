/** The picture of every method's result, on the wall and in the window: all of it in sight, nothing over anything else, legible in every colour. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findings, withWindow } from './chromium';

const { onKept } = withWindow();

/** Every method, with as many options as make it tight. */
const ON_THE_WALL: [string, number[]][] = [
  ['hands', [6]], ['dots', [6]], ['approval', [7]], ['score', [6, 11]], ['majority-judgment', [6, 11]], ['pairwise', [6]], ['budget', [6, 11]], ['consent', [6]],
  ['impact-effort', [12]], ['consensus', [12]], ['irv', [4, 8, 12]], ['stv', [12]], ['borda', [12]], ['copeland', [8]], ['ranked-pairs', [5]], ['schulze', [2, 6, 9, 12, 15]],
];
/** One method of each picture. */
const IN_THE_WINDOW = ['dots', 'score', 'majority-judgment', 'budget', 'consent', 'impact-effort', 'consensus', 'stv', 'schulze'];
const PROJECTORS = [{ width: 1280, height: 720 }, { width: 1920, height: 1080 }];
/** Letters for ten metres, at 1080p. */
const LEGIBLE = 40;

/** Shows one page after the other of a long result, whatever the hour. */
async function* pagesOf(page: Page): AsyncGenerator<number> {
  const footer = page.locator('main footer');
  const all = Number(/\d+ \/ (\d+)$/.exec((await footer.textContent()) ?? '')?.[1] ?? 1);
  for (let n = 0; n < all; n += 1) {
    if (all > 1) {
      await page.clock.setFixedTime(n * 12_000);
      await footer.filter({ hasText: `${n + 1} / ${all}` }).waitFor();
    }
    yield n + 1;
  }
}

/** What is wrong with the wall as it stands before the room: what hides something, leaves it, or is too small. Letters are measured as on 1,080 points. */
const wrongOn = (page: Page): Promise<string[]> =>
  page.evaluate((legible) => {
    const wrong: string[] = [];
    const box = (one: Element) => one.getBoundingClientRect();
    const wall = document.querySelector('main');
    const parts = [wall?.querySelector('header'), ...(wall?.querySelector('.result')?.children ?? []), wall?.querySelector('footer')].filter((one) => one instanceof Element);
    parts.forEach((part, at) => {
      const before = parts[at - 1];
      if (before && box(part).top < box(before).bottom - 1) wrong.push(`${part.className} stands over ${before.className}`);
    });
    for (const one of wall?.querySelectorAll('*') ?? []) {
      if (one.closest('.sr') || ![...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())) continue;
      const { left, right, top, bottom } = box(one);
      if (left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1) wrong.push(`« ${one.textContent} » leaves the wall`);
      const scale = one instanceof SVGElement ? (one.ownerSVGElement?.getScreenCTM()?.a ?? 1) : 1;
      const size = Math.round((parseFloat(getComputedStyle(one).fontSize) * scale * 1080) / innerHeight);
      if (size < legible) wrong.push(`« ${one.textContent} » has letters of ${size}`);
    }
    return wrong;
  }, LEGIBLE);

describe.concurrent('the wall', () => {
  it.each(ON_THE_WALL.flatMap(([method, counts]) => counts.map((count): [string, number] => [method, count])))('shows a result by %s among %i whole, in letters that ten metres can read', async (method, count) => {
    await onKept(`?mur=${method}-${count}#projector`, async (page) => {
      // Where motion is not asked for, all changes take a very short transition: sizes would follow their window only later.
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      await page.getByTestId('projector-result').waitFor();
      if (method === 'schulze') expect(await page.getByTestId('duel-matrix').locator('tbody tr').count()).toBe(Math.min(12, count));
      for await (const shown of pagesOf(page)) {
        for (const size of PROJECTORS) {
          await page.setViewportSize(size);
          expect(await wrongOn(page), `page ${shown}, ${size.width} × ${size.height}`).toEqual([]);
        }
      }
      if (count >= 5) expect(await findings(page)).toEqual([]);
    });
  });
});

describe.concurrent('the window', () => {
  it.each(IN_THE_WINDOW)('shows a result by %s as a picture and as a table, light or dark', async (method) => {
    await onKept(`#voter/v-${method}-7`, async (page) => {
      await page.setViewportSize({ width: 1024, height: 700 });
      await page.getByTestId('result').waitFor();
      expect(await findings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      expect(await findings(page, true)).toEqual([]);
      await page.getByTestId('toggle-table').click();
      expect(await page.getByTestId('result-table').locator('tbody tr').count()).toBe(7);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  });
});
