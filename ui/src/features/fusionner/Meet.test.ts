import { dispatch } from '@/commands/index.svelte';
import { connect, type MeetingReport } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import Meet from './Meet.svelte';
import { meeting } from './meeting.svelte';

let api: ReturnType<typeof fakeApi>;
let stop: () => void;
beforeEach(() => {
  api = fakeApi();
  connect(api);
  resetQueries();
  meeting.reset();
  stop = followChanges();
  window.addEventListener('keydown', dispatch);
});
afterEach(() => {
  stop();
  window.removeEventListener('keydown', dispatch);
});

it('exchanges through the address typed, tells what it did, and keeps the place for next time', async () => {
  const meet = vi.spyOn(api, 'meet');
  render(Meet);
  expect(screen.getByTestId<HTMLButtonElement>('meet-go').disabled).toBe(true);
  await userEvent.type(screen.getByTestId('meet-address'), 's3://seau/spie');
  await userEvent.type(screen.getByTestId('meet-user'), 'AKIA');
  await userEvent.type(screen.getByTestId('meet-secret'), 'sapin');
  await userEvent.click(screen.getByTestId('meet-go'));
  expect(meet).toHaveBeenCalledWith('s3://seau/spie', 'AKIA', 'sapin');
  expect((await screen.findByTestId('meet-report')).textContent).toContain('41 changements pris');
  await waitFor(() => expect(screen.getByTestId('meetings').textContent).toContain('portable-2'));
});

it('while it exchanges it can be stopped by a key, and says that what was exchanged stays', async () => {
  let refuse: (thrown: unknown) => void = () => undefined;
  vi.spyOn(api, 'meet').mockReturnValue(new Promise<MeetingReport>((_, reject) => (refuse = reject)));
  const cancel = vi.spyOn(api, 'cancelMeeting');
  render(Meet);
  await userEvent.type(screen.getByTestId('meet-address'), '/media/cle{Enter}');
  await screen.findByTestId('meet-stop');
  (document.activeElement as HTMLElement).blur();
  await userEvent.keyboard('x');
  expect(cancel).toHaveBeenCalled();
  refuse({ kind: 'input', code: 'stopped', message: 'Arrêté.', hints: [] });
  await screen.findByTestId('meet-go');
  expect(screen.queryByTestId('meet-report')).toBeNull();
});

it('an address that is none is said in a sentence', async () => {
  render(Meet);
  await userEvent.type(screen.getByTestId('meet-address'), 'gopher://exemple');
  await userEvent.click(screen.getByTestId('meet-go'));
  await screen.findByText(/ni un dossier ni une adresse connue/);
});

it('a folder asks for no password', async () => {
  render(Meet);
  await userEvent.type(screen.getByTestId('meet-address'), '/media/cle');
  expect(screen.queryByTestId('meet-secret')).toBeNull();
});

it('what is under way is found again by who comes back', async () => {
  vi.spyOn(api, 'meet').mockReturnValue(new Promise<MeetingReport>(() => undefined));
  const { unmount } = render(Meet);
  await userEvent.type(screen.getByTestId('meet-address'), '/media/cle{Enter}');
  unmount();
  render(Meet);
  await screen.findByTestId('meet-stop');
});

it('a laptop is removed, let in again, and a new one admitted by its key', async () => {
  render(Meet);
  await userEvent.click(await screen.findByText('2 portables peuvent lire'));
  await userEvent.click(screen.getByRole('button', { name: 'Retirer portable-2' }));
  await screen.findByText('1 portable peut lire');
  screen.getByText(/La clé a été changée/);
  await userEvent.click(screen.getByRole('button', { name: 'Réadmettre portable-2' }));
  await userEvent.type(screen.getByTestId('laptop-key'), 'age1nouveau');
  await userEvent.type(screen.getByTestId('laptop-name'), 'portable-3');
  await userEvent.click(screen.getByTestId('laptop-admit'));
  await screen.findByText('3 portables peuvent lire');
});
