import type { Command } from '@/commands/index.svelte';
import { t } from '@/i18n/index.svelte';
import { api } from '@/ipc';
import { history } from '@/history/index.svelte';
import { act, done, say } from '@/notify/index.svelte';
import { go } from '@/router/index.svelte';
import { nextStep } from './run';
import type { Room } from './room.svelte';

/** What the room asks of the page around it. */
export interface Around {
  vote: () => void;
  project: () => void;
  close: () => void;
  paper: () => void;
  photo: () => void;
  freeze: () => void;
  phones: () => void;
}

/** Starts a séquence, or ends it if it is the one under way. */
export async function toggleStep(room: Room, id: string): Promise<void> {
  const step = room.board()?.workshop.steps.find((s) => s.id === id);
  if (!step) return;
  const current = step.started_at !== null && step.ended_at === null;
  await act(() => (current ? api.endStep(id) : api.startStep(id)));
}

/** Makes a rapprochement and a first fiche-action of a regroupement. */
export async function makeAction(room: Room, group: string | null): Promise<void> {
  const found = room.board()?.groups.find((g) => g.id === group);
  if (!found || found.proposals.length === 0) {
    say(t('animer.action.no_group'));
    return;
  }
  const ids = found.proposals.map((p) => p.id);
  const action = await act(async () => {
    const cluster = await api.cluster(ids, { to: 'new', name: found.name });
    return cluster === null ? undefined : api.draftAction(cluster, null);
  });
  if (action === undefined) return;
  room.made = { action, name: found.name };
  done(t('animer.action.made', { name: found.name }));
}

/** Dissolves a regroupement; its proposals come back to « À classer ». */
export async function dissolve(room: Room, group: string): Promise<void> {
  const name = room.board()?.groups.find((g) => g.id === group)?.name ?? '';
  if (await room.dissolve(group)) done(t('animer.group.dissolved', { name }));
}

export async function remove(room: Room): Promise<void> {
  const ids = await room.remove();
  if (ids.length > 0) done(t('animer.card.removed', { count: ids.length }));
}

/** Brings back what was put aside last. */
async function unparkLast(room: Room): Promise<void> {
  const last = room.board()?.parked.at(-1);
  if (last) await act(() => api.park([last.id], false).then(() => true), t('animer.menu.unparked', { text: last.text }));
}

/** Counts each of the subjects once more. */
export async function eachSaidAgain(room: Room): Promise<void> {
  for (const id of room.subjects) await room.sayAgain(id, room.card(id)?.text ?? '');
}

/** The menu of the card in focus, below its first line. */
function openCardMenu(room: Room): void {
  const id = room.selection.focus ?? '';
  const box = document.querySelector(`[data-card="${CSS.escape(id)}"]`)?.getBoundingClientRect();
  if (box) room.openMenu(id, { x: box.left + 12, y: Math.min(box.bottom, box.top + 36) });
}

/** What can be done in the room, for the keyboard, Ctrl+K and the sheet of keys. */
export function roomCommands(room: Room, around: Around): Command[] {
  const group = 'animer.command.section';
  const chosen = () => room.subjects.length > 0;
  const focused = () => room.selection.focus !== null;
  const focusCapture = () => document.querySelector<HTMLElement>('[data-testid="capture"]')?.focus();
  const focusResembling = () => document.querySelector<HTMLElement>('[data-like]')?.focus();
  const groupOfFocus = () => room.card(room.subjects[0] ?? '')?.group ?? null;
  return [
    { id: 'animer.capture', title: 'animer.command.capture', group, keys: ['N', '/'], run: focusCapture },
    { id: 'animer.group', title: 'animer.command.group', group, keys: ['G'], when: chosen, run: () => room.startNaming() },
    { id: 'animer.ungroup', title: 'animer.command.ungroup', group, keys: ['U'], when: () => room.subjects.some((id) => room.card(id)?.group), run: () => room.moveTo(room.subjects, { to: 'none' }) },
    { id: 'animer.again', title: 'animer.command.again', group, keys: ['D'], when: focused, run: () => eachSaidAgain(room) },
    { id: 'animer.unsay', title: 'animer.command.unsay', group, keys: ['Shift+D'], when: () => (room.card(room.selection.focus ?? '')?.support ?? 0) > 0, run: () => act(() => api.unsay(room.selection.focus ?? '', room.workshop)) },
    { id: 'animer.again_line', title: 'animer.command.again_line', group, keys: ['Mod+Enter'], inFields: true, when: () => room.likeness.again !== null, run: () => room.sayLineAgain() },
    { id: 'animer.join', title: 'animer.command.join', group, keys: ['J'], when: () => room.subjects.length > 1, run: () => room.startJoin() },
    { id: 'animer.split', title: 'animer.command.split', group, keys: ['C'], when: focused, run: () => room.startSplit() },
    { id: 'animer.park', title: 'animer.command.park', group, keys: ['M'], when: chosen, run: () => room.park() },
    { id: 'animer.resembling', title: 'animer.command.resembling', group, keys: ['R'], when: () => room.likeness.found.length > 0, run: focusResembling },
    { id: 'animer.edit', title: 'animer.command.edit', group, keys: ['E', 'F2'], when: focused, run: () => (room.editing = room.selection.focus) },
    {
      id: 'animer.history',
      title: 'animer.command.history',
      group,
      keys: ['H'],
      when: focused,
      run: () => history.show(room.selection.focus, room.card(room.selection.focus ?? '')?.text ?? ''),
    },
    { id: 'animer.remove', title: 'animer.command.remove', group, keys: ['Delete'], when: chosen, run: () => remove(room) },
    { id: 'animer.select_all', title: 'animer.command.select_all', group, keys: ['Mod+A'], run: () => room.selection.all(room.columns) },
    { id: 'animer.choose', title: 'animer.command.choose', group, keys: ['Space'], hidden: true, when: focused, run: () => room.selection.toggle(room.selection.focus ?? '') },
    { id: 'animer.left', title: 'animer.command.left', group, keys: ['Alt+ArrowLeft'], hidden: true, when: focused, run: () => room.moveSideways(-1) },
    { id: 'animer.right', title: 'animer.command.right', group, keys: ['Alt+ArrowRight'], hidden: true, when: focused, run: () => room.moveSideways(1) },
    { id: 'animer.up', title: 'animer.command.up', group, keys: ['Alt+ArrowUp'], hidden: true, when: focused, run: () => room.moveInColumn(-1) },
    { id: 'animer.down', title: 'animer.command.down', group, keys: ['Alt+ArrowDown'], hidden: true, when: focused, run: () => room.moveInColumn(1) },
    { id: 'animer.card_menu', title: 'animer.menu.command', group, keys: ['Shift+F10', 'ContextMenu'], hidden: true, when: focused, run: () => openCardMenu(room) },
    { id: 'animer.conflict', title: 'animer.menu.conflict', group, keys: ['Shift+V'], when: () => room.card(room.selection.focus ?? '')?.conflict ?? false, run: () => go('fusionner', 'desaccords') },
    { id: 'animer.vote', title: 'animer.command.vote', group, keys: ['V'], run: around.vote },
    { id: 'animer.action', title: 'animer.command.action', group, keys: ['F'], run: () => makeAction(room, groupOfFocus()) },
    { id: 'animer.open_action', title: 'animer.action.open', group, keys: ['O'], when: () => room.made !== null, run: () => room.made && go('plan', room.made.action) },
    { id: 'animer.project', title: 'animer.command.project', group, keys: ['P'], run: around.project },
    { id: 'animer.freeze', title: 'animer.command.freeze', group, keys: ['Shift+G'], run: around.freeze },
    { id: 'animer.black', title: 'animer.command.black', group, keys: ['B'], run: () => act(() => api.darkenProjector()) },
    {
      id: 'animer.next_step',
      title: 'animer.command.next_step',
      group,
      keys: ['S'],
      when: () => nextStep(room.board()?.workshop.steps ?? []) !== undefined,
      run: () => {
        const next = nextStep(room.board()?.workshop.steps ?? []);
        return next && toggleStep(room, next.id);
      },
    },
    { id: 'animer.pause', title: 'animer.command.pause', group, keys: ['T'], run: () => act(() => api.pauseTimer()) },
    { id: 'animer.paper', title: 'animer.command.paper', group, keys: ['Shift+N'], run: around.paper },
    { id: 'animer.photo', title: 'animer.command.photo', group, keys: ['Shift+P'], run: around.photo },
    { id: 'animer.unpark', title: 'animer.menu.unpark', group, keys: ['Shift+U'], when: () => (room.board()?.parked.length ?? 0) > 0, run: () => unparkLast(room) },
    { id: 'phones.panel', title: 'phones.command.panel', group: 'phones.section', keys: ['Q'], run: around.phones },
    { id: 'animer.close', title: 'animer.command.close', group, keys: ['Shift+C'], run: around.close },
  ];
}
