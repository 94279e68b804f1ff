//! What is compared: kept while people work elsewhere, the files also from one day to the next. An answer is read once.
import { t } from '@/i18n/index.svelte';
import { api, type AppError, type RegionProgress, type RegionQuestion, type RegionReport } from '@/ipc';
import { remembered } from '@/kit/remembered';
import { asFailure, say } from '@/notify/index.svelte';

export const questions: RegionQuestion[] = ['themes', 'support', 'cost', 'late', 'unanswered', 'likeness'];

let sources = $state.raw<string[]>(remembered.region());
let question = $state<RegionQuestion>('themes');
let busy = $state(false);
let progress = $state.raw<RegionProgress | null>(null);
let error = $state.raw<AppError | null>(null);
let answers = $state.raw<Partial<Record<RegionQuestion, RegionReport>>>({});

function take(next: string[]): void {
  sources = next;
  answers = {};
  error = null;
  remembered.keepRegion(next);
}

export const region = {
  get sources(): string[] {
    return sources;
  },
  get question(): RegionQuestion {
    return question;
  },
  get busy(): boolean {
    return busy;
  },
  get progress(): RegionProgress | null {
    return progress;
  },
  get error(): AppError | null {
    return error;
  },
  get answer(): RegionReport | null {
    return answers[question] ?? null;
  },

  add(paths: string[]): void {
    const more = paths.filter((path, index) => !sources.includes(path) && paths.indexOf(path) === index);
    if (more.length > 0) take([...sources, ...more]);
  },

  remove(path: string): void {
    take(sources.filter((one) => one !== path));
    say(t('region.removed'));
  },

  clear(): void {
    take([]);
    say(t('region.removed'));
  },

  dismiss(): void {
    error = null;
  },

  /** Turns to another question; where the démarches have been asked something, they are asked this too. */
  turn(to: RegionQuestion): void {
    const asked = Object.keys(answers).length > 0;
    question = to;
    if (asked && !answers[to]) void region.ask();
  },

  async ask(): Promise<void> {
    if (busy || sources.length === 0) return;
    const [about, among] = [question, sources];
    let stopped = false;
    busy = true;
    progress = null;
    error = null;
    const hush = api.onRegionProgress((now) => (progress = now));
    try {
      const report = await api.compareRegion(about, among);
      // The list may have changed meanwhile: then this is the answer to something else.
      if (among === sources) answers = { ...answers, [about]: report };
      say(t('region.done', { n: report.demarches }));
    } catch (thrown) {
      const failure = asFailure(thrown);
      stopped = failure.code === 'stopped';
      if (stopped) say(t('region.stopped'));
      else error = failure;
    } finally {
      busy = false;
      hush();
    }
    // Turned to another question while this one was read.
    if (question !== about && !stopped && !error && !answers[question]) void region.ask();
  },

  stop(): void {
    void api.cancelRegion();
  },

  /** For tests: as after the window opened. */
  reset(): void {
    sources = [];
    question = 'themes';
    busy = false;
    progress = null;
    error = null;
    answers = {};
  },
};
