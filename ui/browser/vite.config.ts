/** Tests that need a real browser: Debian's chromium, over what `npm run build` made. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    environment: 'node',
    include: ['browser/*.test.ts'],
    // One browser at a time, each page being heavy; two pages of it where a file says that they may be looked at together.
    fileParallelism: false,
    maxConcurrency: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
