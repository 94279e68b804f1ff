/** What a text area holds, and how high it may become, in points. */
interface Growth {
  text: string;
  most?: number;
}

/**
 * Keeps a text area as high as its text: `<textarea use:grow={{ text }}>`. Its height is touched only where it changes, and it stands
 * for itself (`contain`): otherwise a key has the whole page laid out and drawn again, which takes longer than a frame. (The style
 * `field-sizing` would ask the page each time as well.)
 */
export function grow(field: HTMLTextAreaElement, growth: Growth): { update: (growth: Growth) => void } {
  let length = 0;
  field.style.contain = 'strict';
  function update({ text, most = Infinity }: Growth): void {
    // Only a text that became shorter may need less.
    if (text.length < length) field.style.height = 'auto';
    length = text.length;
    const borders = field.offsetHeight - field.clientHeight;
    if (field.scrollHeight > field.clientHeight) field.style.height = `${Math.min(field.scrollHeight, most) + borders}px`;
  }
  update(growth);
  return { update };
}
