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
