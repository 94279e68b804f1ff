/** Keeps a key within a panel that is worked in: single letters would act on the board behind it. The sheet of keys, and what Ctrl or Alt ask for, go on. */
export function keepKey(event: KeyboardEvent): void {
  const everywhere = event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key);
  if (!everywhere) event.stopPropagation();
}
