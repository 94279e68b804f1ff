import { api } from '@/ipc';
import { act, done, say } from '@/notify/index.svelte';
import { t } from '@/i18n/index.svelte';
import type { Command } from '@/commands/index.svelte';
import { isMuted, mute } from './chime';
import type { Room } from './room.svelte';
import { currentStep } from './run';
import { catchUp, schedule } from './schedule';

/** What stands open beside the board. */
export type DayPanel = 'wording' | 'attendance' | 'previous';

/** The state of the day in one room: the clock, whether it sounds, what stands open. */
export class Day {
  now = $state(Date.now());
  muted = $state(isMuted());
  panel = $state<DayPanel | null>(null);
  readonly room: Room;

  constructor(room: Room) {
    this.room = room;
  }

  get workshop() {
    return this.room.board()?.workshop;
  }

  steps = $derived.by(() => this.workshop?.steps ?? []);
  plan = $derived.by(() => schedule(this.steps, this.workshop?.date ?? null, this.workshop?.starts_at ?? null, this.now));
  current = $derived.by(() => currentStep(this.steps));
  cuts = $derived.by(() => (this.workshop?.state === 'running' ? catchUp(this.steps, this.plan.drift) : []));

  toggle(panel: DayPanel): void {
    this.panel = this.panel === panel ? null : panel;
  }

  toggleSound(): void {
    this.muted = !this.muted;
    mute(this.muted);
    say(t(this.muted ? 'seance.sound.off_said' : 'seance.sound.on_said'));
  }

  /** Makes the séquence under way longer or shorter. */
  async stretch(by: number): Promise<void> {
    const step = this.current;
    // Without one, the keys serve the countdown alone.
    if (!step) {
      await act(() => api.extendTimer(by));
      return;
    }
    const minutes = Math.max(1, (step.minutes ?? 0) + by);
    const stretched = await act(() => api.stretchSteps([{ step: step.id, minutes }]).then(() => true));
    if (stretched) done(t('seance.stretched', { name: step.title, n: minutes }));
  }

  /** Shortens what the proposal says, as one act. */
  async catchUp(): Promise<void> {
    const cuts = this.cuts;
    if (cuts.length === 0) return;
    const won = cuts.reduce((sum, cut) => sum + cut.from - cut.to, 0);
    const cut = await act(() => api.stretchSteps(cuts.map(({ id, to }) => ({ step: id, minutes: to }))).then(() => true));
    if (cut) done(t('seance.caught_up', { n: won }));
  }
}

/** What can be done about the day, for the keyboard, Ctrl+K and the sheet of keys. */
export function dayCommands(day: Day): Command[] {
  const group = 'animer.command.section';
  return [
    { id: 'day.wording', title: 'seance.command.wording', group, keys: ['L'], when: () => day.steps.length > 0, run: () => day.toggle('wording') },
    { id: 'day.attendance', title: 'seance.command.attendance', group, keys: ['A'], run: () => day.toggle('attendance') },
    { id: 'day.previous', title: 'seance.command.previous', group, keys: ['Shift+B'], run: () => day.toggle('previous') },
    { id: 'day.longer', title: 'seance.command.longer', group, keys: ['+'], run: () => day.stretch(5) },
    { id: 'day.shorter', title: 'seance.command.shorter', group, keys: ['-'], run: () => day.stretch(-5) },
    { id: 'day.minute_more', title: 'seance.command.minute_more', group, keys: ['Alt++', 'Alt+Shift++'], run: () => day.stretch(1) },
    { id: 'day.minute_less', title: 'seance.command.minute_less', group, keys: ['Alt+-'], run: () => day.stretch(-1) },
    { id: 'day.catch_up', title: 'seance.command.catch_up', group, keys: ['Shift+R'], when: () => day.cuts.length > 0, run: () => day.catchUp() },
    { id: 'day.sound', title: 'seance.command.sound', group, keys: ['Shift+M'], run: () => day.toggleSound() },
    { id: 'day.close_panel', title: 'seance.command.close_panel', group, keys: ['Escape'], hidden: true, when: () => day.panel === 'wording' || day.panel === 'previous', run: () => (day.panel = null) },
  ];
}
