/**
 * What is typed between the words of a proposal: `#thème`, `@table`, `+structure`, `>constat`. A mark and what follows it, up to
 * the next space; a name of several words is written with hyphens, without accents or with. What names nothing stays as words.
 */
import type { Board } from '@/ipc';

export type Mark = '#' | '@' | '+' | '>';

/** What a mark may name. */
export interface Choice {
  mark: Mark;
  /** The id, or the table's number. */
  value: string;
  /** As it is typed after the mark. */
  slug: string;
  /** As people call it. */
  name: string;
  /** What else is told of it. */
  hint: string;
  /** Other spellings that are understood. */
  also: string[];
}

/** What a line says beside its words. */
export interface Marked {
  text: string;
  table: number | null;
  theme: string | null;
  organisation: string | null;
  finding: string | null;
}

/** A mark found in a line, with what it names. */
export interface Token {
  choice: Choice;
  /** Its place in the line, mark included. */
  start: number;
  end: number;
}

/** Tables that are offered; any other number is understood as well. */
const TABLES = 12;
const MOST_OFFERED = 8;
const TOKEN = /(?<=^|\s)([#@+>])([\p{L}\p{N}][^\s]*)(?=\s|$)/gu;

export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/gu, 'oe')
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/gu, '');
}

/** Everything that may be named in an atelier. */
export function choices(board: Board | undefined, tableName: (n: number) => string): Choice[] {
  if (!board) return [];
  const first = (text: string) => text.split(/\s+/u).slice(0, 4).join(' ');
  return [
    ...board.themes.map((one): Choice => ({ mark: '#', value: one.id, slug: slug(one.short_name), name: one.short_name, hint: one.name === one.short_name ? '' : one.name, also: [slug(one.name), String(one.number)] })),
    ...Array.from({ length: TABLES }, (_, i) => i + 1).map((n): Choice => ({ mark: '@', value: String(n), slug: String(n), name: tableName(n), hint: '', also: [] })),
    ...board.organisations.map((one): Choice => ({ mark: '+', value: one.id, slug: slug(one.short_name ?? one.name), name: one.short_name ?? one.name, hint: one.short_name === null ? '' : one.name, also: [slug(one.name)] })),
    ...board.findings.map((one): Choice => ({ mark: '>', value: one.id, slug: one.number === null ? slug(first(one.text)) : slug(one.number), name: one.number ?? first(one.text), hint: one.text, also: [slug(one.text)] })),
  ];
}

/** What a mark and the letters after it name: exactly, or as the only one that begins so. */
function named(mark: string, typed: string, known: readonly Choice[], tableName: (n: number) => string): Choice | null {
  const wanted = slug(typed);
  if (wanted === '') return null;
  const ours = known.filter((one) => one.mark === mark);
  const exact = ours.find((one) => one.slug === wanted || one.also.includes(wanted));
  if (exact) return exact;
  if (mark === '@') return /^\d{1,3}$/u.test(wanted) ? { mark: '@', value: wanted, slug: wanted, name: tableName(Number(wanted)), hint: '', also: [] } : null;
  if (wanted.length < 2) return null;
  const begun = ours.filter((one) => [one.slug, ...one.also].some((spelling) => spelling.startsWith(wanted)));
  return begun.length === 1 ? (begun[0] ?? null) : null;
}

/** The marks of a line that name something. A line of nothing but marks has words after all: its marks. */
export function tokens(line: string, known: readonly Choice[], tableName: (n: number) => string = String): Token[] {
  const found: Token[] = [];
  let rest = line;
  for (const match of line.matchAll(TOKEN)) {
    const choice = named(match[1] ?? '', match[2] ?? '', known, tableName);
    if (choice) found.push({ choice, start: match.index, end: match.index + match[0].length });
  }
  for (const { start, end } of [...found].reverse()) rest = rest.slice(0, start) + rest.slice(end);
  return rest.trim() === '' ? [] : found;
}

/** One line: its words, and what its marks say; of two marks of a kind, the last. */
export function readMarks(line: string, known: readonly Choice[]): Marked {
  const read: Marked = { text: line, table: null, theme: null, organisation: null, finding: null };
  for (const { choice, start, end } of tokens(line, known).reverse()) {
    read.text = read.text.slice(0, start) + read.text.slice(end);
    if (choice.mark === '@') read.table ??= Number(choice.value);
    else if (choice.mark === '#') read.theme ??= choice.value;
    else if (choice.mark === '+') read.organisation ??= choice.value;
    else read.finding ??= choice.value;
  }
  read.text = read.text.replace(/\s+/gu, ' ').replace(/\s+([.,])/gu, '$1').trim();
  return read;
}

/** The mark being typed just before the caret, and what is offered for it. */
export function offered(text: string, caret: number, known: readonly Choice[]): { start: number; choices: Choice[] } | null {
  const before = text.slice(0, caret);
  const typed = /(?:^|\s)([#@+>])([^\s#@+>]*)$/u.exec(before);
  if (!typed) return null;
  const wanted = slug(typed[2] ?? '');
  const rank = (one: Choice): number => {
    const spellings = [one.slug, ...one.also];
    if (spellings.includes(wanted)) return 0;
    if (spellings.some((spelling) => spelling.startsWith(wanted))) return 1;
    return spellings.some((spelling) => `-${spelling}`.includes(`-${wanted}`)) ? 2 : 3;
  };
  const found = known
    .filter((one) => one.mark === typed[1] && (wanted === '' || rank(one) < 3))
    .map((one, place) => ({ one, place, rank: wanted === '' ? 0 : rank(one) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, typed[1] === '@' ? TABLES : MOST_OFFERED)
    .map(({ one }) => one);
  return found.length === 0 ? null : { start: caret - (typed[2] ?? '').length - 1, choices: found };
}

/** The text once a choice is taken for the mark at `start`, and where the caret goes. */
export function complete(text: string, start: number, caret: number, choice: Choice): { text: string; caret: number } {
  const written = `${choice.mark}${choice.slug} `;
  const after = text.slice(caret).replace(/^ /u, '');
  return { text: text.slice(0, start) + written + after, caret: start + written.length };
}
