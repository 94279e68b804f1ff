/** What is left behind: a window stays open for a day, and each place that is left must go from memory. */
import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { withWindow } from './chromium';

const PLACES = ['accueil', 'preparer', 'animer', 'fusionner', 'consolider', 'plan', 'documents', 'region'];

/** Nodes that the page keeps alive, seen or not, once what can be let go is gone. */
async function kept(session: CDPSession): Promise<number> {
  // What a collection only marks goes with the next.
  for (let n = 0; n < 3; n += 1) await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Memory.getDOMCounters')).nodes;
}

async function visitAll(page: Page): Promise<void> {
  for (const place of [...PLACES, 'accueil']) {
    await page.evaluate((hash) => (location.hash = hash), `#${place}`);
    // Nothing is handed over to the test: that alone would keep it alive.
    await page.waitForFunction((name) => document.querySelector(`main[data-place="${name}"]`) && !document.querySelector('.skeleton'), place);
  }
}

/** What is read again after a change is drawn anew where it was drawn before. */
async function note(page: Page, round: number): Promise<void> {
  await page.evaluate(() => (location.hash = '#animer/w-7'));
  for (let n = 0; n < 3; n += 1) {
    await page.getByTestId('capture').fill(`Tour ${round}, proposition ${n}`);
    await page.getByTestId('capture').press('Enter');
  }
}

describe('memory', () => {
  const { onPage } = withWindow();

  test('places that are left go from memory', () =>
    onPage('#accueil', async (page) => {
      const session = await page.context().newCDPSession(page);
      // The first rounds load what is loaded once.
      await visitAll(page);
      await visitAll(page);
      const before = await kept(session);
      for (let round = 0; round < 5; round += 1) await visitAll(page);
      // A place has between 200 and 700 nodes.
      expect((await kept(session)) - before).toBeLessThan(200);
    }));

  test('nor do pages stay that were drawn before something changed', () =>
    onPage('#accueil', async (page) => {
      const session = await page.context().newCDPSession(page);
      const round = async (n: number) => {
        await note(page, n);
        await visitAll(page);
      };
      await visitAll(page);
      await round(0);
      await round(1);
      const before = await kept(session);
      for (let n = 2; n < 6; n += 1) await round(n);
      expect((await kept(session)) - before).toBeLessThan(200);
    }));
});
