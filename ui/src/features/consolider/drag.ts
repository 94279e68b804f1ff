import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Action } from 'svelte/action';

const PROPOSALS = 'moisson/proposals';

/** A proposal of the list, taken with all those picked. Its keyboard twin is R. */
export const dragProposal: Action<HTMLElement, () => string[]> = (element, initial) => {
  let ids = initial;
  const stop = draggable({
    element,
    getInitialData: () => ({ [PROPOSALS]: ids() }),
    onDragStart: () => element.classList.add('dragging'),
    onDrop: () => element.classList.remove('dragging'),
  });
  return { update: (next) => (ids = next), destroy: stop };
};

/** A rapprochement, or the place for a new one, where proposals can be let go. */
export const dropProposals: Action<HTMLElement, (ids: string[]) => void> = (element, initial) => {
  let take = initial;
  const stop = dropTargetForElements({
    element,
    canDrop: ({ source }) => PROPOSALS in source.data,
    onDragEnter: () => element.classList.add('over'),
    onDragLeave: () => element.classList.remove('over'),
    onDrop: ({ source }) => {
      element.classList.remove('over');
      const ids: unknown = source.data[PROPOSALS];
      if (Array.isArray(ids)) take(ids.filter((id): id is string => typeof id === 'string'));
    },
  });
  return { update: (next) => (take = next), destroy: stop };
};
