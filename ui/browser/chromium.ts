/** A browser, the window's page over its in-memory fake, the page of phones before a pretend room, and what axe says of them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import type { Head, Item } from '../phone/src/wire';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WINDOW = fileURLToPath(new URL('..', import.meta.url));
export const PHONE_PAGE = fileURLToPath(new URL('../phone/dist/index.html', import.meta.url));

/** Debian's chromium; as root, it runs only without a sandbox of its own. */
const launch = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

/** A window as wide as most laptops have it. */
export const WIDE = { width: 1280, height: 800 };
const STILL: BrowserContextOptions = { reducedMotion: 'reduce', viewport: WIDE };

/** A browser, for the tests of the file that asks for it: there before the first of them, gone after the last. */
export function withBrowser(): { browser: Browser } {
  const here = {} as { browser: Browser };
  beforeAll(async () => {
    here.browser = await launch();
  });
  afterAll(() => here.browser.close());
  return here;
}

/** The window in that browser, over the sample démarche. */
export interface Opened {
  /** What is done on a page of its own, at a place such as `#plan`, without motion and 1,280 points wide unless it says how. */
  onPage(place: string, then: (page: Page) => Promise<unknown>, how?: BrowserContextOptions): Promise<void>;
  /** The same on a page that other tests had before: much sooner there. Whoever leaves more behind than its place says that it spoils it. */
  onKept(place: string, then: (page: Page) => Promise<unknown>, spoils?: boolean): Promise<void>;
}

interface Kept {
  page: Page;
  /** Whether it must be loaded anew. */
  spoilt: boolean;
}

/** The window, for the tests of the file that asks for it. */
export function withWindow(): Opened {
  const here = withBrowser();
  let server: PreviewServer;
  let address: string;
  beforeAll(async () => {
    server = await preview({ root: WINDOW, logLevel: 'silent', preview: { port: 0, host: '127.0.0.1', strictPort: false } });
    address = server.resolvedUrls?.local[0] ?? '';
  });
  afterAll(() => server.close());
  /** Pages that nobody uses at the moment: as many as there are tests at once. */
  const free: Kept[] = [];

  async function visit({ page, spoilt }: Kept, place: string): Promise<void> {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    if (!spoilt && place.startsWith('#') && new URL(page.url()).search === '') {
      // By way of the lightest place: whatever the last one had open closes with it.
      await page.evaluate(() => (location.hash = '#region'));
      await page.getByTestId('region-files').waitFor();
      await page.evaluate((hash) => (location.hash = hash), place);
    } else {
      if (page.url().startsWith(address)) await page.evaluate(() => localStorage.clear());
      // Otherwise another hash alone would load nothing.
      await page.goto('about:blank');
      await page.goto(`${address}${place}`);
    }
  }

  return {
    onPage: async (place, then, how = {}) => {
      const page = await here.browser.newPage({ ...STILL, ...how });
      try {
        await page.goto(`${address}${place}`);
        await then(page);
      } finally {
        await page.close();
      }
    },
    onKept: async (place, then, spoils = false) => {
      const kept = free.pop() ?? { page: await here.browser.newPage(STILL), spoilt: true };
      let done = false;
      try {
        await visit(kept, place);
        await then(kept.page);
        done = true;
      } finally {
        kept.spoilt = spoils || !done;
        free.push(kept);
      }
    },
  };
}

interface Finding {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** Rules of axe that other colours can break, on a page that is otherwise the same. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * Whether a target that axe finds small is so: scrolling shows what a band at the edge half covers, and how long a séquence takes is a
 * field too, beside the edge that is dragged (WCAG 2.2, 2.5.8, « equivalent »).
 */
const isTooSmall = (node: Finding['nodes'][number]): boolean => !node.html.includes('data-testid="stretch"') && !node.failureSummary?.includes('partially obscured');

/** What axe finds, one line each: nothing is what should be found. Of a page already looked at in other colours, only what colours change. */
export async function findings(page: Page, coloursOnly = false): Promise<string[]> {
  // What slides in must stand still, or axe measures colours half-way.
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: { run(on: Document, how: object): Promise<{ violations: Finding[] }> } };
    return (await axe.run(document, { resultTypes: ['violations'], ...(only ? { runOnly: only } : { rules: { 'target-size': { enabled: true } } /* WCAG 2.2: not asked by itself */ }) })).violations;
  }, coloursOnly ? COLOUR_RULES : null);
  return found.flatMap((one) => one.nodes.filter((node) => one.id !== 'target-size' || isTooSmall(node)).map((node) => `${one.id}: ${node.html.slice(0, 200)} — ${(node.failureSummary ?? one.help).replaceAll(/\s+/g, ' ').slice(0, 260)}`));
}

export const HEAD: Head = {
  title: 'Mobilité', colour: 2, number: 2, question: 'Comment se rendre au travail sans voiture ?', sharing: 'all', moderated: false, ballots: [],
};

const item = (n: number, text: string, supports: number, table?: number): Item => ({ id: `0192-${n}`, text, supports, ...(table === undefined ? {} : { table }) });
const ITEMS = [item(1, 'Une navette entre la gare et la zone d’activité', 3, 2), item(2, 'Prêter des vélos à assistance électrique', 0), item(3, 'Avancer l’argent du permis', 1, 5)];

/** Opens the page of phones before a room that answers with this. */
export async function phone(page: Page, head: Head, arrived = true): Promise<void> {
  const html = readFileSync(PHONE_PAGE, 'utf8');
  await page.route('http://salle.test/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') await route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
    else if (pathname === '/api/scene') await route.fulfill({ json: { device: 'd1', scene: { ...head, version: '1-1', since: null, items: ITEMS, gone: [] } } });
    else if (pathname === '/api/live') await route.fulfill({ contentType: 'text/event-stream', body: ': la salle écoute\n\n' });
    else await route.fulfill({ json: { state: 'noted', id: '0192-9' } });
  });
  await page.goto(`http://salle.test/${arrived ? '#room.token' : ''}`);
  await page.waitForSelector(arrived ? 'nav' : 'form');
  if (arrived) await page.getByRole('heading', { level: 1 }).filter({ hasText: head.question }).waitFor();
}
