/** The page of phones: one HTML file with its style and script inside, given out by the room. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [viteSingleFile({ removeViteModuleLoader: true })],
  clearScreen: false,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Phones of five years ago.
    target: ['chrome87', 'firefox84', 'safari14'],
    modulePreload: { polyfill: false },
  },
});
