/** A browser, the window's page over its in-memory fake, the page of phones before a pretend room, and what axe says of them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { preview, type PreviewServer } from 'vite';
import type { Head, Item } from '../phone/src/wire';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WINDOW = fileURLToPath(new URL('..', import.meta.url));
export const PHONE_PAGE = fileURLToPath(new URL('../phone/dist/index.html', import.meta.url));

/** Debian's chromium; as root, it runs only without a sandbox of its own. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

/** Serves what the window shows; in a browser it is the sample démarche. */
export async function serveWindow(): Promise<{ server: PreviewServer; address: string }> {
  const server = await preview({ root: WINDOW, logLevel: 'silent', preview: { port: 0, host: '127.0.0.1', strictPort: false } });
  return { server, address: server.resolvedUrls?.local[0] ?? '' };
}

interface Finding {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe finds, one line each: nothing is what should be found. */
export async function findings(page: Page): Promise<string[]> {
  // What slides in must stand still, or axe measures colours half-way.
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(on: Document, how: object): Promise<{ violations: Finding[] }> } };
    return (await axe.run(document, { resultTypes: ['violations'] })).violations;
  });
  return found.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)} — ${(node.failureSummary ?? one.help).replaceAll(/\s+/g, ' ').slice(0, 260)}`));
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
