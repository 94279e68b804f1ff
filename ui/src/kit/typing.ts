/**
 * Lets the web view go of how to take back what was typed so far. WebKit keeps the steps of a page's fields for as long as the page
 * lasts, some 0.7 kB for each letter, and `Ctrl+Z` in one field would go on with those of another; this page lasts all day. A frame
 * that goes empties that list (WebCore, `FrameLoader::closeURL`); Chromium, which keeps a thousand steps, does not mind.
 *
 * For when a field is left, or a line was taken and the next is awaited: from then on, undo is that of the démarche.
 */
export function forgetTyping(): void {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  frame.remove();
}
