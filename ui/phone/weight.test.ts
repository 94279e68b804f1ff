// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, it } from 'vitest';

it('is one file under 40 kB, that asks nobody else for anything', { timeout: 60_000 }, async () => {
  const made = await build({ configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)), logLevel: 'silent', build: { write: false } });
  const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) => ('output' in one ? one.output : []));
  expect(outputs.map((one) => one.fileName)).toEqual(['index.html']);
  const [page] = outputs;
  const html = page && 'source' in page ? String(page.source) : '';
  expect(gzipSync(html).length).toBeLessThan(40_000);
  expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
  expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  // The words come before the script: they are drawn while it is on its way.
  expect(html.indexOf('One moment')).toBeLessThan(html.indexOf('<script'));
  expect(html.indexOf('</script>')).toBeGreaterThan(html.indexOf('<script') + 10_000);
  expect(html).not.toMatch(/\sstyle="|\son[a-z]+="/);
});
