//! What is pasted from office programs, cleaned before the editor sees it: its lists are paragraphs in disguise.

const ITEM = /MsoListParagraph/i;

/** The marks that Word writes before an item: a bullet in another font, a letter for one, or its number. */
function bare(paragraph: Element): string {
  const copy = paragraph.cloneNode(true) as Element;
  copy.querySelectorAll('[style*="mso-list"]').forEach((mark) => mark.remove());
  return copy.innerHTML.replace(/^\s*(?:(?:[·•o§▪–-]|\d{1,4}[.)])(?:\s|&nbsp;)+)/i, '');
}

/** The list that an item belongs to, told by its mark. */
const kind = (paragraph: Element): 'ol' | 'ul' => (/^\s*\d{1,4}[.)]/.test(paragraph.querySelector('[style*="mso-list:Ignore" i]')?.textContent ?? paragraph.textContent ?? '') ? 'ol' : 'ul');

/** HTML without styles, comments and what hides in office markup; items of lists are in lists. */
export function cleaned(html: string): string {
  const page = new DOMParser().parseFromString(html.replace(/<!--[\s\S]*?-->/g, ''), 'text/html');
  page.querySelectorAll('style, script, meta, link, title, xml, img, object, iframe').forEach((one) => one.remove());
  for (const paragraph of [...page.querySelectorAll('p')]) {
    if (!ITEM.test(paragraph.className)) continue;
    const item = page.createElement('li');
    item.innerHTML = bare(paragraph);
    const before = paragraph.previousElementSibling;
    const tag = kind(paragraph);
    const list = before?.tagName.toLowerCase() === tag && before.hasAttribute('data-word') ? before : page.createElement(tag);
    list.setAttribute('data-word', '');
    list.append(item);
    if (list === before) paragraph.remove();
    else paragraph.replaceWith(list);
  }
  // Word says bold by its style as often as by its tag.
  for (const span of [...page.querySelectorAll<HTMLElement>('span[style]')]) {
    if (/font-weight:\s*(bold|[6-9]00)/i.test(span.getAttribute('style') ?? '')) {
      const strong = page.createElement('strong');
      strong.innerHTML = span.innerHTML;
      span.replaceWith(strong);
    }
  }
  page.querySelectorAll('*').forEach((one) => [...one.attributes].forEach((attribute) => attribute.name !== 'href' && one.removeAttribute(attribute.name)));
  return page.body.innerHTML;
}
