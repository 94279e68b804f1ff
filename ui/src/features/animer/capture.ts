/** What the capture line understands of what is typed or pasted. */
import type { Capture } from '@/ipc';
import { readMarks, type Choice } from './tokens';

/** What is chosen beside the line, for lines that say nothing else. */
export interface Context {
  table: number | null;
  finding: string | null;
  organisation: string | null;
}

/**
 * Typed or pasted text as what to note, in one act: neighbouring lines that say the same beside their words go together.
 * What a line says itself comes before what is chosen beside it.
 */
export function parseCapture(raw: string, known: readonly Choice[], context: Context): Capture[] {
  const noted: Capture[] = [];
  for (const line of raw.split(/\r?\n/u)) {
    if (line.trim() === '') continue;
    const read = readMarks(line, known);
    const next: Capture = {
      text: read.text,
      table: read.table ?? context.table,
      finding: read.finding ?? context.finding,
      theme: read.theme,
      organisation: read.organisation ?? context.organisation,
      group: null,
      card_number: null,
      origin: 'keyboard',
    };
    const last = noted.at(-1);
    if (last && sameBeside(last, next)) last.text = `${last.text ?? ''}\n${read.text}`;
    else noted.push(next);
  }
  return noted;
}

const sameBeside = (a: Capture, b: Capture): boolean => a.table === b.table && a.finding === b.finding && a.theme === b.theme && a.organisation === b.organisation;

/** How many proposals these are. */
export const countOf = (captures: readonly Capture[]): number => captures.reduce((n, one) => n + (one.text ?? '').split('\n').length, 0);
