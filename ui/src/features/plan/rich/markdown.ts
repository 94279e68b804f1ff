//! Rich text between the editor and the field that holds it: paragraphs, lists with bullets, bold and links, as Markdown. What
//! else Markdown knows is words, here as in the documents that Rust writes.
import type { JSONContent } from '@tiptap/core';

/** Addresses that may be followed: pages and mail. */
export const safeAddress = (address: string): boolean => /^(https?:\/\/|mailto:)\S+$/i.test(address.trim());

const MARK = /\\([\\*[\]+-])|\*\*(?=\S)(.+?)(?<=\S)\*\*|\[([^\][]+)\]\(<?((?:https?:\/\/|mailto:)[^)\s<>]+)>?\)/g;

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

/** A field as the editor holds it: a paragraph per line, as it is shown everywhere. */
export function parse(text: string): JSONContent {
  const content: JSONContent[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    const item = /^[-*]\s+(.+)$/.exec(line)?.[1];
    const last = content.at(-1);
    if (item !== undefined) {
      const one: JSONContent = { type: 'listItem', content: [paragraph(item)] };
      if (last?.type === 'bulletList') last.content?.push(one);
      else content.push({ type: 'bulletList', content: [one] });
    } else if (line !== '') content.push(paragraph(line));
  }
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}

/** Words in which nothing is taken for a mark. */
const escape = (words: string): string => words.replace(/\\(?=[\\*[\]+-])/g, '\\\\').replace(/\*\*/g, '\\*\\*').replace(/\[(?=[^\][]*\]\()/g, '\\[');

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
    .map((one) => one.trim().replace(/^([-*+])(?=\s)/, '\\$1'))
    .filter((one) => one !== '');

const items = (list: JSONContent): string[] =>
  (list.content ?? []).flatMap((item) => (item.content ?? []).flatMap((part) => (part.type === 'bulletList' ? items(part) : [`- ${line(part).join(' ')}`]))).filter((one) => one !== '- ');

/** What the editor holds, as the field keeps it. */
export function serialize(doc: JSONContent): string {
  const blocks = (doc.content ?? []).map((block) => (block.type === 'bulletList' ? items(block).join('\n') : line(block).join('\n\n')));
  return blocks.filter((block) => block !== '').join('\n\n');
}
