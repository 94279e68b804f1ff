/** What the capture line understands of what is typed: words, and « @3 » at the end of a line for the table. */

export interface Line {
  text: string;
  table: number | null;
}

const TABLE_AT_END = /^(.*\S)\s+@(\d{1,3})\s*$/u;

/** One typed line: its words, and the table named at its end if there is one. */
export function parseLine(raw: string): Line {
  const found = TABLE_AT_END.exec(raw);
  if (!found) return { text: raw.trim(), table: null };
  return { text: (found[1] ?? '').trim(), table: Number(found[2]) };
}

/**
 * Typed or pasted text as calls to make: neighbouring lines of one table go together, so that pasting a
 * whole list is one act to undo. `fallback` is the table chosen beside the line.
 */
export function parseCapture(raw: string, fallback: number | null): Line[] {
  const batches: Line[] = [];
  for (const line of raw.split(/\r?\n/u)) {
    if (line.trim() === '') continue;
    const { text, table } = parseLine(line);
    const place = table ?? fallback;
    const last = batches.at(-1);
    if (last && last.table === place) last.text += `\n${text}`;
    else batches.push({ text, table: place });
  }
  return batches;
}

/** The text as it would be typed again: what goes back in the line when noting failed. */
export function unparse(lines: Line[], fallback: number | null): string {
  return lines
    .flatMap(({ text, table }) =>
      text.split('\n').map((words) => (table !== null && table !== fallback ? `${words} @${table}` : words)),
    )
    .join('\n');
}

const key = (workshop: string) => `moisson.draft.${workshop}`;

/** Unfinished words of an atelier, kept through a crash. */
export function readDraft(workshop: string): string {
  try {
    return localStorage.getItem(key(workshop)) ?? '';
  } catch {
    return ''; // storage switched off: the line still works, it only forgets
  }
}

export function writeDraft(workshop: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(key(workshop));
    else localStorage.setItem(key(workshop), text);
  } catch {
    // storage full or switched off: never in the way of typing
  }
}
