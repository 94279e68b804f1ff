/** The page of phones: one HTML file with its style and script inside, given out by the room. */
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

/** Puts the script behind the words of the page, so that those are drawn while it is still on its way. */
const scriptLast: Plugin = {
  name: 'script-last',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
        const html = String(file.source);
        const start = html.indexOf('<script');
        const end = html.indexOf('</script>') + '</script>'.length;
        const rest = html.slice(0, start) + html.slice(end);
        const body = rest.lastIndexOf('</body>');
        file.source = `${rest.slice(0, body)}${html.slice(start, end)}\n${rest.slice(body)}`;
      }
    },
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), scriptLast],
  clearScreen: false,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Phones of five years ago.
    target: ['chrome87', 'firefox84', 'safari14'],
    modulePreload: { polyfill: false },
  },
});
