/** Making elements. Words are always set as text: what people wrote is never read as HTML. */

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child || child === '') element.append(child);
  return element;
}

/** A question as French prints it: its sign stays with its last word. */
export const glued = (text: string): string => text.replace(/ (?=[?!:;»])/g, '\u00a0').replace(/« /g, '«\u00a0');

/** Sets text only where it differs, so that a screen reader is not made to read again. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function mark(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Rows of a list by key: those that stay keep their element, and with it the focus. */
export class Rows<T> {
  private made = new Map<string, { element: HTMLElement; update: (value: T) => void }>();
  readonly list: HTMLElement;
  private readonly make: (value: T) => { element: HTMLElement; update: (value: T) => void };

  constructor(list: HTMLElement, make: (value: T) => { element: HTMLElement; update: (value: T) => void }) {
    this.list = list;
    this.make = make;
  }

  show(values: readonly T[], key: (value: T) => string): void {
    const kept = new Set(values.map(key));
    for (const [id, row] of this.made) {
      if (kept.has(id)) continue;
      row.element.remove();
      this.made.delete(id);
    }
    let at = this.list.firstElementChild;
    for (const value of values) {
      const id = key(value);
      let row = this.made.get(id);
      if (!row) {
        row = this.make(value);
        this.made.set(id, row);
      }
      row.update(value);
      if (row.element === at) at = at.nextElementSibling;
      else this.list.insertBefore(row.element, at);
    }
  }
}
