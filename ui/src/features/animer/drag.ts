import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Action } from 'svelte/action';

const CARDS = 'moisson/cards';

interface Dragged {
  id: string;
  /** All that goes with it: the selection if the card is part of it. */
  ids: () => string[];
}

/** A card that can be taken with the mouse. Its keyboard twins are G and Alt with the arrows. */
export const dragCard: Action<HTMLElement, Dragged> = (element, initial) => {
  let dragged = initial;
  const stop = draggable({
    element,
    getInitialData: () => ({ [CARDS]: dragged.ids(), id: dragged.id }),
    onDragStart: () => element.classList.add('dragging'),
    onDrop: () => element.classList.remove('dragging'),
  });
  return { update: (next) => (dragged = next), destroy: stop };
};

/** A place where cards can be let go; it carries the class `over` meanwhile. */
export const dropCards: Action<HTMLElement, (ids: string[]) => void> = (element, initial) => {
  let take = initial;
  const stop = dropTargetForElements({
    element,
    canDrop: ({ source }) => CARDS in source.data,
    onDragEnter: () => element.classList.add('over'),
    onDragLeave: () => element.classList.remove('over'),
    onDrop: ({ source }) => {
      element.classList.remove('over');
      const ids: unknown = source.data[CARDS];
      if (Array.isArray(ids)) take(ids.filter((id): id is string => typeof id === 'string'));
    },
  });
  return { update: (next) => (take = next), destroy: stop };
};

/** Tells when a card is taken and when it is let go; returns how to stop. */
export function followDrag(tell: (dragging: boolean) => void): () => void {
  return monitorForElements({
    canMonitor: ({ source }) => CARDS in source.data,
    onDragStart: () => tell(true),
    onDrop: () => tell(false),
  });
}
