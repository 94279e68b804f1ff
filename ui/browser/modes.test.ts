import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { findings, WIDE, withWindow } from './chromium';

const { onPage } = withWindow();

/** The eight steps of a démarche, and what says that each is drawn. */
const STEPS: [string, string, string][] = [
  ['Préparer', '#preparer/ateliers', 'page-preparer'],
  ['Animer', '#animer/w-7', 'card'],
  ['Clore', '#animer/w-7', 'close-panel'],
  ['Fusionner', '#fusionner', 'page-fusionner'],
  ['Consolider', '#consolider', 'sources-list'],
  ['Rédiger', '#plan/ac-1', 'action-page'],
  ['Publier', '#documents', 'preview'],
  ['Suivre', '#plan', 'plan-tree'],
];

/** The densest of them at each run, all of them where there is time. */
const LOOKED_AT = process.env.MOISSON_THOROUGH ? STEPS : STEPS.filter(([name]) => ['Animer', 'Consolider', 'Rédiger'].includes(name));

/** What opens a step from its place, until it is drawn. */
async function open(page: Page, testid: string): Promise<void> {
  if (testid === 'close-panel') {
    await page.getByTestId('card').first().focus();
    await page.keyboard.press('Shift+C');
  }
  await page.getByTestId(testid).first().waitFor();
}

/** Letters, words and lines as far apart as who reads with difficulty may ask (WCAG 2.1, 1.4.12). */
const SPACED = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

/** Words that are cut where they stand, whole on the page otherwise: what is meant to end in « … » is not among them. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *')]
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()))
      .filter((one) => {
        const { overflowX, overflowY, textOverflow, webkitLineClamp, clipPath } = getComputedStyle(one);
        if (textOverflow === 'ellipsis' || webkitLineClamp !== 'none' || clipPath !== 'none') return false;
        const hides = (how: string): boolean => how === 'hidden' || how === 'clip';
        return (hides(overflowX) && one.scrollWidth > one.clientWidth + 1) || (hides(overflowY) && one.scrollHeight > one.clientHeight + 1);
      })
      .map((one) => one.outerHTML.slice(0, 160)),
  );

it.each(STEPS)('« %s » cuts no word when letters and lines stand further apart', async (_, place, testid) => {
  await onPage(place, async (page) => {
    await open(page, testid);
    await page.addStyleTag({ content: SPACED });
    expect(await cut(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});

it.each(STEPS)('on « %s » at 200 %, nothing lies over what the Tab key comes to', async (_, place, testid) => {
  await onPage(place, async (page) => {
    await open(page, testid);
    await page.setViewportSize({ width: WIDE.width / 2, height: WIDE.height / 2 });
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (let n = 0; n < 80; n += 1) {
      await page.keyboard.press('Tab');
      // Beside other pages of the same browser, a page has the focus a moment after its element.
      await page.waitForFunction(() => document.activeElement?.matches('body, [data-seen], :focus'));
      const hidden = await page.evaluate(() => {
        const here = document.activeElement;
        // Past the last control, the page gives the keyboard back.
        if (!here || here === document.body || here.hasAttribute('data-seen')) return '';
        here.setAttribute('data-seen', '');
        const { left, right, top, bottom } = here.getBoundingClientRect();
        // Some point of it is seen: of large ones, whatever part the window has room for.
        const places = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const));
        const seen = places.some(([x, y]) => {
          const there = document.elementFromPoint(x, y);
          return there !== null && (here.contains(there) || there.contains(here) || there.closest('label')?.contains(here));
        });
        return seen ? null : here.outerHTML.slice(0, 160);
      });
      if (hidden === '') break;
      expect(hidden, 'what has the focus is seen').toBeNull();
    }
  });
});

it.each(LOOKED_AT)('axe finds nothing on « %s » with more contrast, with the system’s colours, and at 200 %, where nothing hides at the side', async (_, place, testid) => {
  await onPage(place, async (page) => {
    await open(page, testid);
    await page.emulateMedia({ colorScheme: 'light', contrast: 'more', reducedMotion: 'reduce' });
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark', contrast: 'more', forcedColors: 'active', reducedMotion: 'reduce' });
    // Colours are the system's then, and what axe reads of them are ours.
    expect((await findings(page)).filter((one) => !one.startsWith('color-contrast'))).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none', reducedMotion: 'reduce' });
    // As many of the page's own points as a window of 1,280 has left when everything is twice as large.
    await page.setViewportSize({ width: WIDE.width / 2, height: WIDE.height / 2 });
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});

it.each(STEPS)('a screen reader finds one title and the way around « %s », and the Tab key goes through it and out again', async (_, place, testid) => {
  await onPage(place, async (page) => {
    await open(page, testid);
    const tree = await page.locator('body').ariaSnapshot();
    expect(tree.match(/^\s*- heading .*\[level=1\]/gm) ?? []).toHaveLength(1);
    expect(tree).toMatch(/^\s*- main/m);
    expect(tree).toMatch(/^\s*- navigation "Places"/m);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const seen = new Set<string>();
    let rounds = 0;
    for (; rounds < 250; rounds += 1) {
      await page.keyboard.press('Tab');
      const place = await page.evaluate(() => {
        const here = document.activeElement;
        if (!here || here === document.body) return null;
        here.setAttribute('data-walked', here.getAttribute('data-walked') ?? String(document.querySelectorAll('[data-walked]').length));
        const ring = (one: Element | null): boolean => {
          if (!one) return false;
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
          return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
        };
        // Some fields show it around what they stand in.
        const shown = ring(here) || ring(here.parentElement) || ring(here.closest('label'));
        return { id: here.getAttribute('data-walked') ?? '', html: here.outerHTML.slice(0, 160), shown };
      });
      // Past the last control, the page gives the keyboard back.
      if (place === null || seen.has(place.id)) break;
      seen.add(place.id);
      expect(place.shown, `focus shows on ${place.html}`).toBe(true);
      const name = await page.locator(`[data-walked="${place.id}"]`).ariaSnapshot();
      expect(name, `${place.html} has a name`).toMatch(/"|: \S|^- (text|paragraph|group|region)|\/placeholder/);
    }
    expect(seen.size).toBeGreaterThan(8);
    expect(rounds, 'the keyboard is not kept').toBeLessThan(250);
  });
});
