import { connect } from '@/ipc';
import { fakeApi, type FakeApi } from '@/ipc/fake';
import { followChanges, resetQueries } from '@/query/index.svelte';
import { go } from '@/router/index.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import Documents from './Documents.svelte';

let api: FakeApi;
let stop: () => void;

beforeEach(() => {
  api = fakeApi();
  connect(api);
  resetQueries();
  stop = followChanges();
  localStorage.clear();
  go('documents');
});

afterEach(() => stop());

it('shows the first pages beside the choices, and says where there are none', async () => {
  render(Documents);
  const pages = within(await screen.findByTestId('preview')).getAllByRole('img');
  expect(pages.map((page) => page.getAttribute('alt'))).toEqual(['Page 1', 'Page 2']);
  await userEvent.click(screen.getByTestId('document-tracking'));
  await screen.findByTestId('preview-none');
});

it('shows the page of the fiche-action that is asked for', async () => {
  go('documents', 'plan', 'ac-1');
  render(Documents);
  await waitFor(() => expect(within(screen.getByTestId('preview')).getAllByRole('img')).toHaveLength(1));
  await userEvent.selectOptions(screen.getByTestId('preview-action'), '');
  await waitFor(() => expect(within(screen.getByTestId('preview')).getAllByRole('img')).toHaveLength(2));
});

it('says after writing what the funders’ rules find, and where to mend it', async () => {
  api.exportDocuments = async () => ({ files: [], notices: ['La mention ne nomme pas l’Union européenne.'] });
  api.chooseFolder = async () => '/tmp';
  render(Documents);
  await screen.findByTestId('preview');
  await userEvent.click(screen.getByTestId('write'));
  expect((await screen.findByTestId('export-notices')).textContent).toContain('La mention ne nomme pas');
});

it('keeps a charter, a funder and a logo as acts that can be taken back', async () => {
  go('documents', 'charte');
  api.chooseFile = async () => '/tmp/doubs.svg';
  render(Documents);
  await userEvent.click(await screen.findByTestId('charter-department'));
  await waitFor(async () => expect((await api.charter()).preset).toBe('department'));
  await userEvent.type(screen.getByTestId('funder-name'), 'Région{Enter}');
  await screen.findByTestId('funder');
  await userEvent.click(screen.getByTestId('add-logo'));
  await screen.findByTestId('charter-picture');
  expect(api.fake.store.done.map((act) => act.row.label)).toEqual(['charter.edit', 'funder.create', 'charter.picture']);
});

it('shows the pages in the colours and letters that are chosen, and says the statement of the programme', async () => {
  go('documents', 'charte');
  render(Documents);
  const first = () => within(screen.getByTestId('preview')).getAllByRole('img')[0]?.getAttribute('src');
  await screen.findByTestId('preview');
  const before = first();
  await userEvent.click(screen.getByTestId('charter-department'));
  await waitFor(() => expect(first()).not.toBe(before));
  await userEvent.selectOptions(screen.getByTestId('charter-font'), 'ubuntu');
  await waitFor(async () => expect((await api.charter()).font).toBe('ubuntu'));
  await userEvent.click(screen.getByTestId('statement-FSE+'));
  await waitFor(async () => expect((await api.charter()).statement).toBe('Cofinancé par l’Union européenne'));
  await waitFor(() => expect(screen.getByTestId('statement-FSE+').hasAttribute('disabled')).toBe(true));
  await api.undo();
  await waitFor(async () => expect((await api.charter()).statement).not.toBe('Cofinancé par l’Union européenne'));
});
