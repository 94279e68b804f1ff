import { notices } from '@/notify/index.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { expect, it, vi } from 'vitest';
import SortableList from './SortableList.svelte';

type Item = { id: string; label: string };
const items: Item[] = ['Accueil', 'Constats', 'Vote'].map((label, index) => ({ id: `s${index + 1}`, label }));
const item = createRawSnippet((one: () => Item) => ({ render: () => `<input value="${one().label}" aria-label="${one().label}" />` }));

function list(onmove = vi.fn()) {
  render(SortableList<Item>, { label: 'Déroulé', items, name: (one: Item) => one.label, onmove, item: item as never });
  return onmove;
}

it('Alt+↓ places a row after the next one, and says so', async () => {
  const onmove = list();
  screen.getByRole('button', { name: 'Déplacer Accueil' }).focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(onmove).toHaveBeenCalledWith('s1', 's3');
  await vi.waitFor(() => expect(notices.announced).toContain('place 2 sur 3'));
});

it('Alt+↑ works from any control in the row, and the last row can go no further', async () => {
  const onmove = list();
  screen.getByLabelText('Vote').focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(onmove).not.toHaveBeenCalled();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  expect(onmove).toHaveBeenCalledWith('s3', 's2');
});

it('moving to the end names no follower', async () => {
  const onmove = list();
  screen.getByRole('button', { name: 'Déplacer Constats' }).focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(onmove).toHaveBeenCalledWith('s2', null);
});

it('arrows alone go from handle to handle', async () => {
  list();
  screen.getByRole('button', { name: 'Déplacer Accueil' }).focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Déplacer Constats');
});
