//! Rich text between the editor and the field that holds it: paragraphs, lists with bullets or numbers, bold and links, as Markdown. What
//! else Markdown knows is words, here as in the documents that Rust writes.
import type { JSONContent } from '@tiptap/core';

/** Addresses that may be followed: pages and mail. */
export const safeAddress = (address: string): boolean => /^(https?:\/\/|mailto:)\S+$/i.test(address.trim());

const MARK = /\\([\\*[\]+.-])|\*\*(?=\S)(.+?)(?<=\S)\*\*|\[([^\][]+)\]\(<?((?:https?:\/\/|mailto:)[^)\s<>]+)>?\)/g;

/** Words, with the marks around them. */
function inline(text: string, marks: JSONContent['marks'] = []): JSONContent[] {
  const found: JSONContent[] = [];
  const say = (words: string) => {
    const last = found.at(-1);
    if (words === '') return;
    if (last && JSON.stringify(last.marks ?? []) === JSON.stringify(marks)) last.text = `${last.text ?? ''}${words}`;
    else found.push({ type: 'text', text: words, ...(marks.length > 0 ? { marks } : {}) });
  };
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    say(text.slice(at, match.index));
    const [whole, escaped, bold, words, href] = match;
    if (escaped !== undefined) say(escaped);
    else if (bold !== undefined) found.push(...inline(bold, [...marks, { type: 'bold' }]));
    else if (words !== undefined && href !== undefined) found.push(...inline(words, [...marks, { type: 'link', attrs: { href } }]));
    at = match.index + whole.length;
  }
  say(text.slice(at));
  return found;
}

const paragraph = (text: string): JSONContent => {
  const content = inline(text);
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' };
};

const NUMBERED = /^(\d{1,4})\.\s+(.+)$/;

/** The lines from one on that begin with a number, up to the next that does not. */
function numbered(lines: string[], from: number): string[] {
  const end = lines.findIndex((line, at) => at > from && line !== '' && !NUMBERED.test(line));
  return lines.slice(from, end < 0 ? undefined : end);
}

/** A list, unless its numbers have gaps, which a list would close, or words run on into it: « … en\n2023. Une année ». */
function ordered(run: string[], before: string): JSONContent | undefined {
  const found = run.flatMap((line) => {
    const [, number, words] = NUMBERED.exec(line) ?? [];
    return number === undefined || words === undefined ? [] : [{ number: Number(number), words }];
  });
  const start = found[0]?.number ?? 0;
  const runsOn = before !== '' && !/^[-*]\s/.test(before);
  if (found.some((one, at) => one.number !== start + at) || (runsOn && start !== 1)) return undefined;
  return { type: 'orderedList', attrs: { start }, content: found.map((one) => item(one.words)) };
}

const item = (words: string): JSONContent => ({ type: 'listItem', content: [paragraph(words)] });

/** A field as the editor holds it: a paragraph per line, as it is shown everywhere. */
export function parse(text: string): JSONContent {
  const content: JSONContent[] = [];
  const lines = text.split('\n').map((one) => one.trim());
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const bullet = /^[-*]\s+(.+)$/.exec(line)?.[1];
    const last = content.at(-1);
    if (NUMBERED.test(line)) {
      const run = numbered(lines, at);
      const list = ordered(run, lines[at - 1] ?? '');
      content.push(...(list ? [list] : run.filter((one) => one !== '').map(paragraph)));
      at += run.length - 1;
    } else if (bullet !== undefined) {
      if (last?.type === 'bulletList') last.content?.push(item(bullet));
      else content.push({ type: 'bulletList', content: [item(bullet)] });
    } else if (line !== '') content.push(paragraph(line));
  }
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}

/** Words in which nothing is taken for a mark. */
const escape = (words: string): string => words.replace(/\\(?=[\\*[\]+.-])/g, '\\\\').replace(/\*\*/g, '\\*\\*').replace(/\[(?=[^\][]*\]\()/g, '\\[');

function run(node: JSONContent): string {
  if (node.type === 'hardBreak') return '\n';
  const raw = node.text ?? '';
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(raw) ?? [];
  if (words === '') return raw;
  let text = escape(words);
  const href = node.marks?.find((mark) => mark.type === 'link')?.attrs?.href as unknown;
  if (node.marks?.some((mark) => mark.type === 'bold')) text = `**${text}**`;
  if (typeof href === 'string' && safeAddress(href)) text = `[${text}](${href.replace(/[\s()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})`;
  return `${before}${text}${after}`;
}

/** A line that begins as a list does says so with a backslash. */
const line = (node: JSONContent): string[] =>
  (node.content ?? [])
    .map(run)
    .join('')
    .split('\n')
    .map((one) => one.trim().replace(/^([-*+])(?=\s)/, '\\$1').replace(/^(\d+)\.(?=\s)/, '$1\\.'))
    .filter((one) => one !== '');

const isList = (node: JSONContent): boolean => node.type === 'bulletList' || node.type === 'orderedList';

/** The items of a list, and of those within it. */
const words = (list: JSONContent): string[] => (list.content ?? []).flatMap((item) => (item.content ?? []).flatMap((part) => (isList(part) ? words(part) : [line(part).join(' ')]))).filter((one) => one !== '');

function items(list: JSONContent): string[] {
  const start: unknown = list.attrs?.start;
  const first = typeof start === 'number' && start >= 0 ? start : 1;
  return words(list).map((one, index) => (list.type === 'orderedList' ? `${first + index}. ${one}` : `- ${one}`));
}

/** What the editor holds, as the field keeps it. */
export function serialize(doc: JSONContent): string {
  const blocks = (doc.content ?? []).map((block) => (isList(block) ? items(block).join('\n') : line(block).join('\n\n')));
  return blocks.filter((block) => block !== '').join('\n\n');
}
