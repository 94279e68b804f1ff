import svelte from 'eslint-plugin-svelte';
import { readdirSync } from 'node:fs';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const tauri = { group: ['@tauri-apps/*'], message: 'Only src/ipc talks to Rust: use `api` from @/ipc.' };
const features = readdirSync(new URL('./src/features', import.meta.url));

/** A feature may import anything but the other features and the shell. */
const featureRules = features.map((name) => ({
  files: [`src/features/${name}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          tauri,
          {
            group: [...features.filter((other) => other !== name).flatMap((other) => [`@/features/${other}`, `@/features/${other}/**`, `**/../${other}/**`]), '@/app/**'],
            message: 'A feature never imports another feature nor the shell: put what they share in the kit.',
          },
        ],
      },
    ],
  },
}));

export default ts.config(
  { ignores: ['dist/', 'phone/dist/', 'node_modules/', 'src/ipc/bindings.ts'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    files: ['src/**', 'phone/**', 'browser/**'],
    rules: {
      'no-undef': 'off',
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': ['error', { patterns: [tauri] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // Maps here are caches that nothing on screen follows.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  ...featureRules,
  { files: ['src/ipc/**'], rules: { 'no-restricted-imports': 'off' } },
);
