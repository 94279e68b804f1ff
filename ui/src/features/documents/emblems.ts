/** Choosing a logo, emblem or cover picture; what a file really is, is decided where it is read. */
import { t } from '@/i18n/index.svelte';
import { api, type PictureRole } from '@/ipc';
import { act } from '@/notify/index.svelte';

const EXTENSIONS = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'svg'];

/** Chooses the DOCX whose styles, headers and footers documents take. */
export async function chooseModel(): Promise<void> {
  const path = await api.chooseFile({ title: t('documents.model.choose'), filters: [{ name: t('documents.model.kind'), extensions: ['docx', 'dotx', 'DOCX', 'DOTX'] }] });
  if (path) await act(() => api.attachEmblem('model', null, path), t('documents.model.added'));
}

export async function choosePicture(role: PictureRole, funder: string | null = null): Promise<void> {
  const filters = [{ name: t('documents.picture.kinds'), extensions: [...EXTENSIONS, ...EXTENSIONS.map((one) => one.toUpperCase())] }];
  const path = await api.chooseFile({ title: t('documents.picture.choose'), filters });
  if (path) await act(() => api.attachEmblem(role, funder, path), t('documents.picture.added'));
}
