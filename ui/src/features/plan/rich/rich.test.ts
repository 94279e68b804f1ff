import { expect, test } from 'vitest';
import { parse, safeAddress, serialize } from './markdown';
import { cleaned } from './word';

const back = (text: string) => serialize(parse(text));

test('paragraphs, lists, bold and links come back as they were', () => {
  for (const text of ['Un bus le soir.', 'Un **bus** le soir, voir [le site](https://doubs.fr/bus).', 'Avant\n\n- une ligne\n- un **arrêt**\n\nAprès', 'Un [mail](mailto:a@b.fr)', '**Tout** **gras**', 'Avant\n\n1. une étape\n2. une **autre**\n\n- un point\n\nAprès', '3. trois\n4. quatre']) expect(back(text)).toBe(text);
});

test('an address with brackets stays whole', () => {
  const link = { type: 'text', text: 'ici', marks: [{ type: 'link', attrs: { href: 'https://fr.wiki/Doubs_(rivière)' } }] };
  const stored = serialize({ type: 'doc', content: [{ type: 'paragraph', content: [link] }] });
  expect(stored).toBe('[ici](https://fr.wiki/Doubs_%28rivière%29)');
  expect(back(stored)).toBe(stored);
});

test('a plain text of before keeps its words; its lines become paragraphs', () => {
  expect(back('Une ligne\nUne autre')).toBe('Une ligne\n\nUne autre');
  for (const text of ['2 * 3 * 4', 'a_b_c', '# Titre', '> cité', '1. premier', '<b>gras</b>', 'l’_insertion_', '[Note]: voir']) expect(back(text)).toBe(text);
});

test('numbers are a list where they follow each other', () => {
  expect(parse('Avant\n\n2. deux\n\n3. trois').content?.[1]).toMatchObject({ type: 'orderedList', attrs: { start: 2 }, content: [{}, {}] });
  for (const text of ['1. un\n\n3. trois', 'C’était en\n\n2023. Une année', '12345. trop']) expect(parse(text).content?.some((one) => one.type === 'orderedList')).toBe(text.includes('2023'));
  expect(parse('C’était en\n2023. Une année').content).toHaveLength(2);
  expect(parse('C’était en\n2023. Une année').content?.[1]?.type).toBe('paragraph');
});

test('a list within a list joins it', () => {
  const one = (text: string, ...more: object[]) => ({ type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }, ...more] });
  const inner = { type: 'bulletList', content: [one('b')] };
  expect(serialize({ type: 'doc', content: [{ type: 'orderedList', attrs: { start: 1 }, content: [one('a', inner), one('c')] }] })).toBe('1. a\n2. b\n3. c');
});

test('words that look like marks are kept as words', () => {
  const typed = (text: string) => serialize({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });
  for (const words of ['- pas une liste', '3. pas une liste', '**pas gras**', '[pas](https://un.lien)', 'a \\* b']) {
    const stored = typed(words);
    expect(parse(stored).content?.[0]).toEqual({ type: 'paragraph', content: [{ type: 'text', text: words }] });
  }
});

test('adversarial: addresses that run something are no links', () => {
  for (const address of ['javascript:alert(1)', 'data:text/html,x', ' file:///etc/passwd', '//ailleurs']) expect(safeAddress(address)).toBe(false);
  expect(parse('[ici](javascript:alert(1))').content?.[0]?.content?.[0]?.marks).toBeUndefined();
  const link = { type: 'text', text: 'ici', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] };
  expect(serialize({ type: 'doc', content: [{ type: 'paragraph', content: [link] }] })).toBe('ici');
});

test('what Word puts on the clipboard loses its styles and keeps lists and bold', () => {
  const word = `<html><head><style>p{color:red}</style></head><body><!--[if gte mso 9]><xml></xml><![endif]-->
<p class=MsoNormal style='color:red'>Un <span style='font-weight:bold'>bus</span><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>une ligne</p>
<p class=MsoListParagraphCxSpLast><span style='mso-list:Ignore'>·</span>un arrêt</p>
<p class=MsoListParagraph><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>une étape</p><img src=x onerror=alert(1)></body></html>`;
  const html = cleaned(word).replace(/\s*\n\s*/g, '');
  expect(html).toContain('<strong>bus</strong>');
  expect(html).toContain('<ul><li>une ligne</li><li>un arrêt</li></ul>');
  expect(html).toContain('<ol><li>une étape</li></ol>');
  expect(html).not.toMatch(/style|class|<img|mso/i);
});
