// Who may import whom, beyond what the linter says file by file: nothing goes round in circles.
import { expect, it } from 'vitest';

const sources = import.meta.glob<string>(['../**/*.{ts,svelte}', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' });

/** Files under `src`, by path, with what each imports at load (`import(…)` waits until it is needed, `import type` is nothing at run time). */
const files = new Map(Object.entries(sources).map(([path, source]) => [path.replace(/^\.\.\//, ''), source]));

function resolved(from: string, name: string): string | undefined {
  const base = name.startsWith('@/') ? name.slice(2) : name.startsWith('.') ? new URL(name, `file:///${from}`).pathname.slice(1) : undefined;
  if (base === undefined) return undefined;
  return [base, `${base}.ts`, `${base}/index.ts`, `${base}/index.svelte.ts`].find((path) => files.has(path));
}

const imports = new Map(
  [...files].map(([path, source]) => {
    const names = [...source.matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'([^']+)'/gm)].map((found) => found[1] ?? '');
    return [path, names.flatMap((name) => resolved(path, name) ?? [])];
  }),
);

it('nothing imports itself by a detour', () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  function visit(path: string, way: string[]): void {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (way.includes(path) || done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  }
  for (const path of files.keys()) visit(path, []);
  expect(cycles).toEqual([]);
});

it('the kit knows no feature, and what lies under it knows no kit', () => {
  const wrong = [...imports].flatMap(([path, names]) =>
    names.filter((name) => (/^(kit|query|notify|commands|router|i18n|ipc)\//.test(path) && /^(features|app)\//.test(name)) || (/^(query|notify|commands|router|i18n|ipc)\//.test(path) && name.startsWith('kit/'))).map((name) => `${path} → ${name}`),
  );
  expect(wrong).toEqual([]);
});
