import { connect } from '@/ipc';
import { fakeApi } from '@/ipc/fake';
import { dismissFailure } from '@/notify/index.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import Protection from './Protection.svelte';
import { app, load, openFile, unlock } from './state.svelte';
import Unlock from './Unlock.svelte';

let api: ReturnType<typeof fakeApi>;
beforeEach(() => {
  api = fakeApi();
  connect(api);
  dismissFailure();
});
const words = 'bruyère onze wagon lent';

it('a passphrase is given twice, kept if wanted, then forgotten by this computer and taken away', async () => {
  const give = vi.spyOn(api, 'protectProcess');
  await load();
  render(Protection);
  await userEvent.type(await screen.findByTestId('protect-passphrase'), words);
  await userEvent.type(screen.getByTestId('protect-again'), 'bruyère');
  expect(screen.getByTestId<HTMLButtonElement>('protect-go').disabled).toBe(true);
  screen.getByText('Les deux phrases diffèrent.');
  await userEvent.type(screen.getByTestId('protect-again'), words.slice('bruyère'.length));
  await userEvent.click(screen.getByTestId('protect-keep'));
  await userEvent.click(screen.getByTestId('protect-go'));
  await screen.findByTestId('protection-report');
  expect(give).toHaveBeenLastCalledWith(words, true);
  expect(screen.getByTestId<HTMLInputElement>('protect-passphrase').value).toBe('');
  await userEvent.click(await screen.findByTestId('protection-forget'));
  await waitFor(() => expect(screen.queryByTestId('protection-forget')).toBeNull());
  await userEvent.click(screen.getByTestId('unprotect'));
  await waitFor(() => expect(give).toHaveBeenLastCalledWith(null, false));
  await waitFor(() => expect(screen.queryByTestId('unprotect')).toBeNull());
});

it('what cannot be done leaves the words where they are', async () => {
  const refused = { kind: 'input', code: 'short_passphrase', message: 'Trop courte.', hints: [] };
  vi.spyOn(api, 'protectProcess').mockRejectedValue(refused);
  render(Protection);
  await userEvent.type(await screen.findByTestId('protect-passphrase'), 'court');
  await userEvent.type(screen.getByTestId('protect-again'), 'court');
  await userEvent.click(screen.getByTestId('protect-go'));
  await screen.findByText('Trop courte.');
  expect(screen.getByTestId<HTMLInputElement>('protect-passphrase').value).toBe('court');
});

it('a protected file asks for its passphrase, says when it is another, and opens', async () => {
  const path = '/media/cle/spie.moisson';
  vi.spyOn(api, 'openProcess').mockRejectedValueOnce({ kind: 'input', code: 'locked', message: 'Protégé.', hints: [] });
  const open = vi.spyOn(api, 'unlockProcess');
  open.mockRejectedValueOnce({ kind: 'input', code: 'wrong_passphrase', message: 'Ne s’ouvre pas.', hints: [] });
  await load();
  await openFile(path);
  expect(app.locked).toMatchObject({ kind: 'demarche', file: path });
  expect(await unlock('autre chose', false)).toBe(false);
  render(Unlock);
  screen.getByText('Ne s’ouvre pas.');
  await userEvent.type(screen.getByTestId('unlock-passphrase'), words);
  await userEvent.click(screen.getByTestId('unlock-keep'));
  await userEvent.click(screen.getByTestId('unlock-go'));
  await waitFor(() => expect(app.state?.open?.path).toBe(path));
  expect(open).toHaveBeenLastCalledWith(path, words, true);
});
