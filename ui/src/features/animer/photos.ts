/** Which files are pictures, and taking them in. */
import { api, type FileFilter } from '@/ipc';
import { act } from '@/notify/index.svelte';
import { t } from '@/i18n/index.svelte';

const EXTENSIONS = ['jpg', 'jpeg', 'png', 'webp', 'gif'];

export const pictureFiles = (name: string): FileFilter[] => [{ name, extensions: [...EXTENSIONS, ...EXTENSIONS.map((one) => one.toUpperCase())] }];

/** Those of dropped files that are pictures by their name; what they are is decided where they are read. */
export const pictures = (paths: readonly string[]): string[] => paths.filter((path) => EXTENSIONS.includes(path.split('.').at(-1)?.toLowerCase() ?? ''));

/** Takes photos in; gives the id of the last one. One that is refused says so, and the others go on. */
export async function attach(workshop: string, paths: readonly string[]): Promise<string | null> {
  let last: string | null = null;
  for (const path of paths) last = (await act(() => api.attachPhoto(workshop, path), t('animer.photo.attached'))) ?? last;
  return last;
}
