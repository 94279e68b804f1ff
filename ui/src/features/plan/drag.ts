import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Action } from 'svelte/action';
import type { Row } from './rows';

const ROW = 'moisson/row';

interface Config {
  row: Row;
  drop: (moved: string, half: 'upper' | 'lower') => void;
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && 'siblings' in value;

/** What may be let go where: beside its own kind, an action onto an objective, an objective onto an axis. */
function fits(moved: Row, on: Row): boolean {
  if (moved.id === on.id) return false;
  if (moved.kind === on.kind) return true;
  return (moved.kind === 'action' && on.kind === 'objective') || (moved.kind === 'objective' && on.kind === 'axis');
}

/** A line of the plan, taken and let go with the mouse. Its keyboard twins are Alt with the arrows, and M. */
export const dragRow: Action<HTMLElement, Config> = (element, initial) => {
  let config = initial;
  const half = (y: number) => {
    const box = element.getBoundingClientRect();
    return y < box.top + box.height / 2 ? 'upper' : 'lower';
  };
  const clear = () => element.classList.remove('drop-upper', 'drop-lower', 'drop-in');
  const stop = combine(
    draggable({
      element,
      getInitialData: () => ({ [ROW]: config.row }),
      onDragStart: () => element.classList.add('dragging'),
      onDrop: () => element.classList.remove('dragging'),
    }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => {
        const moved = source.data[ROW];
        return isRow(moved) && fits(moved, config.row);
      },
      onDrag: ({ source, location }) => {
        const moved = source.data[ROW];
        if (!isRow(moved)) return;
        clear();
        element.classList.add(moved.kind === config.row.kind ? `drop-${half(location.current.input.clientY)}` : 'drop-in');
      },
      onDragLeave: clear,
      onDrop: ({ source, location }) => {
        clear();
        const moved = source.data[ROW];
        if (isRow(moved)) config.drop(moved.id, half(location.current.input.clientY));
      },
    }),
  );
  return { update: (next) => (config = next), destroy: stop };
};
