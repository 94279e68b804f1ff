/**
 * Takes the focus as soon as it is there: `<input use:takeFocus>`. Once more in the next frame, because the shell gives the
 * focus to a new place when it opens it. (The `autofocus` attribute does nothing where something else has the focus.)
 */
export function takeFocus(element: HTMLElement): { destroy: () => void } {
  element.focus();
  const frame = requestAnimationFrame(() => {
    if (document.activeElement === document.body || document.activeElement?.id === 'contenu') element.focus();
  });
  return { destroy: () => cancelAnimationFrame(frame) };
}
