import { tick } from 'svelte';

/** What a text area holds, and how high it may become, in points. */
interface Growth {
  text: string;
  most?: number;
}

/**
 * Keeps a text area as high as its text: `<textarea use:grow={{ text }}>`. Its height is touched only where it changes: what is
 * below moves with it, and is drawn again. (The style `field-sizing` does not go with `contain`, which text areas need.)
 */
export function grow(field: HTMLTextAreaElement, growth: Growth): { update: (growth: Growth) => void } {
  let length = 0;
  function fit({ text, most = Infinity }: Growth): void {
    // Only a text that became shorter may need less.
    if (text.length < length) field.style.height = 'auto';
    length = text.length;
    const borders = field.offsetHeight - field.clientHeight;
    if (field.scrollHeight > field.clientHeight) field.style.height = `${Math.min(field.scrollHeight, most) + borders}px`;
  }
  // What was not typed is in the field only once the page is up to date.
  const update = (next: Growth): void => void tick().then(() => fit(next));
  update(growth);
  return { update };
}
