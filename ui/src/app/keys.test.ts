import { allCommands, commandTitle, type Command } from '@/commands/index.svelte';
import { keyLabel } from '@/commands/keys';
import { connect } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { resetQueries } from '@/query/index.svelte';
import { go } from '@/router/index.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import App from './App.svelte';
import { sheets } from './sheets.svelte';

let api: FakeApi;

beforeEach(async () => {
  localStorage.clear();
  resetQueries();
  sheets.close();
  api = fakeApi();
  connect(api);
  go('animer', 'w-7');
  render(App);
  // The first time, the place is loaded with everything it is made of.
  await screen.findByTestId('capture', {}, { timeout: 20_000 });
}, 30_000);

/** What the sheet of keys says, a line for each command. */
async function sheet(): Promise<string[]> {
  const user = userEvent.setup();
  await user.keyboard('{F1}');
  const dialog = await screen.findByTestId('keys-sheet');
  const lines = [...dialog.querySelectorAll('dl > div')].map((line) => line.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('keys-sheet')).toBeNull());
  return lines;
}

/** Files have their own dialogs and menu; everything else has a key. */
const WITHOUT = ['file.from', 'file.demo', 'file.close'];

function expectListed(lines: string[]): void {
  for (const command of allCommands()) {
    if (WITHOUT.includes(command.id)) continue;
    expect(command.keys?.length ?? 0, `${command.id} has a key`).toBeGreaterThan(0);
    if (command.hidden && command.when?.() === false) continue;
    const title = commandTitle(command).replaceAll(/\s+/g, ' ');
    const keys = keyLabel(command.keys?.[0] ?? '').split(' ');
    expect(lines.filter((line) => line.endsWith(title) && keys.every((key) => line.includes(key))), `${command.id} in the sheet`).not.toEqual([]);
  }
}

const named = (id: string): Command => {
  const found = allCommands().find((one) => one.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
};

test('every action of the room has a key, and the sheet of keys lists it', async () => {
  expectListed(await sheet());
});

test('no key of the room does two things', () => {
  const keys = allCommands().flatMap((one) => one.keys ?? []);
  // Escape closes whatever stands open.
  const twice = keys.filter((key, index) => key !== 'Escape' && keys.indexOf(key) !== index);
  expect(twice).toEqual([]);
});

test.each([
  ['day.attendance', 'attendance-panel'],
  ['animer.close', 'close-panel'],
  ['animer.photo', 'photo-panel'],
  ['animer.paper', 'paper-panel'],
  ['phones.panel', 'phones-panel'],
  ['day.wording', 'wording-panel'],
  ['day.previous', 'previous-panel'],
  ['animer.project', 'project-menu'],
])('what « %s » opens has its keys in the sheet, over it too', async (command, panel) => {
  named(command).run();
  await screen.findByTestId(panel);
  // A menu of its own takes every key.
  if (panel !== 'project-menu') expectListed(await sheet());
});

test('the panel of an open room for phones has its keys in the sheet', async () => {
  await api.openPhones({ workshop: 'w-7', address: '192.168.1.20', wifi: '', wifi_key: '', renew: false });
  named('phones.panel').run();
  await screen.findByTestId('phones-join');
  const lines = await sheet();
  expectListed(lines);
  for (const id of ['phones.project', 'phones.silent', 'phones.moderate', 'phones.accept', 'phones.refuse', 'phones.close', 'phones.cards']) expect(allCommands().map((one) => one.id)).toContain(id);
});
