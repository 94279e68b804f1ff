//! The déroulé and its plan B on paper: written among the documents and opened for printing.
import { t } from '@/i18n/index.svelte';
import { api } from '@/ipc';
import { act } from '@/notify/index.svelte';

export async function printAgenda(workshop: string): Promise<void> {
  await act(
    async () => {
      const folder = (await api.appState()).open?.documents ?? '';
      const { files } = await api.exportDocuments('agenda', workshop, ['pdf'], folder);
      const path = files[0]?.path ?? folder;
      await api.openPath(path);
      return path;
    },
    (path) => t('seance.printed', { name: path.split(/[/\\]/).at(-1) ?? path }),
  );
}
