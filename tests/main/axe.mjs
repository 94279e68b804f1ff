// What axe says of HTML documents, light and dark: `node axe.mjs FILE…`. A line for each finding; exits 1 if there is one.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../ui/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
let found = 0;
for (const file of process.argv.slice(2)) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1024, height: 800 } });
    await page.goto(pathToFileURL(resolve(file)).href);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    for (const one of violations) {
      found += 1;
      console.log(`${file} (${colorScheme}): ${one.id}, ${one.nodes.length} times, first at ${one.nodes[0].target}: ${one.nodes[0].failureSummary}`);
    }
    // Nothing is wider than a phone but what scrolls by itself.
    await page.setViewportSize({ width: 320, height: 640 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > 320) {
      found += 1;
      console.log(`${file} (${colorScheme}): ${wide} px wide on a screen of 320`);
    }
    await page.close();
  }
}
await browser.close();
process.exit(found > 0 ? 1 : 0);
