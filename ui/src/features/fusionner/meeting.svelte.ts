//! The exchange under way: it goes on while people work in another place, and is found again here.
import { t } from '@/i18n/index.svelte';
import { api, type AppError, type MeetingProgress, type MeetingReport } from '@/ipc';
import { asFailure, say } from '@/notify/index.svelte';

let busy = $state(false);
let of = $state<string | null>(null);
let progress = $state.raw<MeetingProgress | null>(null);
let error = $state.raw<AppError | null>(null);
let report = $state.raw<MeetingReport | null>(null);
let told: (() => void) | null = null;

/** Name and password or key of the storage: kept until the window closes, and nowhere else. */
export const access = $state({ user: '', secret: '' });

export const meeting = {
  get busy(): boolean {
    return busy;
  },
  get progress(): MeetingProgress | null {
    return progress;
  },
  get error(): AppError | null {
    return error;
  },
  get report(): MeetingReport | null {
    return report;
  },

  dismiss(): void {
    error = null;
  },

  /** Whose exchange this is: what was told of one démarche is not shown in another. */
  get of(): string | null {
    return of;
  },

  async go(address: string, process: string | null): Promise<void> {
    if (busy || address.trim() === '') return;
    busy = true;
    of = process;
    progress = null;
    error = null;
    report = null;
    told = api.onMeetingProgress((now) => (progress = now));
    try {
      report = await api.meet(address.trim(), access.user.trim() || null, access.secret || null);
      say(t('fusionner.meet.done', { taken: report.changes_new, put: report.changes_put }));
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure.code === 'stopped') say(t('fusionner.meet.stopped'));
      else error = failure;
    } finally {
      busy = false;
      told();
      told = null;
    }
  },

  /** For tests: as after the window opened. */
  reset(): void {
    busy = false;
    progress = null;
    error = null;
    report = null;
    access.user = '';
    access.secret = '';
  },
};
