//! What Accueil says of ateliers and of what waits, in words.
import { daysBetween, formatDay, formatTime } from '@/i18n/format';
import { t } from '@/i18n/index.svelte';
import type { Named, Todo, WorkshopRow } from '@/ipc';
import { href } from '@/router/index.svelte';

export interface State {
  text: string;
  tone: 'plain' | 'gold' | 'ok' | 'warn';
}

/** Where an atelier stands, the most pressing thing first. */
export function workshopState(one: WorkshopRow, today: string): State {
  if (one.state === 'closed') {
    if (one.ungrouped > 0) return { text: t('accueil.state.ungrouped', { n: one.ungrouped }), tone: 'warn' };
    switch (one.minutes_state) {
      case 'sent':
        return { text: t('accueil.state.closed_sent'), tone: 'plain' };
      case 'final':
        return { text: t('accueil.state.closed_final'), tone: 'plain' };
      case 'review':
        return { text: t('accueil.state.closed_review'), tone: 'plain' };
      case 'draft':
        return { text: t('accueil.state.closed_draft'), tone: 'plain' };
      default:
        return { text: t('accueil.state.closed'), tone: 'plain' };
    }
  }
  if (one.state === 'running') return { text: t('accueil.state.running'), tone: 'gold' };
  if (!one.date) return { text: t('accueil.state.no_date'), tone: 'warn' };
  if (one.date === today) return { text: one.starts_at ? t('accueil.state.today', { time: formatTime(one.starts_at) }) : t('accueil.state.today_plain'), tone: 'gold' };
  if (one.date < today && one.proposals > 0) return { text: t('accueil.state.past'), tone: 'warn' };
  if (one.steps.length === 0) return { text: t('accueil.state.no_steps'), tone: 'warn' };
  return { text: t('accueil.state.ready'), tone: 'plain' };
}

/** When an atelier is held: « Cet après-midi, 14 h 00 – 16 h 05 ». */
export function when(one: WorkshopRow, today: string): string {
  const day = dayWords(one, today);
  const start = formatTime(one.starts_at);
  if (!start) return day;
  return one.ends_at ? t('accueil.next.when', { day, start, end: formatTime(one.ends_at) }) : t('accueil.next.when_start', { day, start });
}

function dayWords(one: WorkshopRow, today: string): string {
  if (!one.date) return t('accueil.next.no_date');
  const days = daysBetween(today, one.date);
  if (days === 1) return t('accueil.next.tomorrow');
  if (days !== 0) {
    const text = formatDay(one.date);
    return text.charAt(0).toUpperCase() + text.slice(1);
  }
  if (one.state === 'running') return t('accueil.next.running');
  if (!one.starts_at) return t('accueil.next.today');
  return one.starts_at < '12:00' ? t('accueil.next.morning') : t('accueil.next.afternoon');
}

export interface Waiting {
  id: string;
  /** What, in bold. */
  what: string;
  /** Where or why. */
  more: string;
  href: string;
}

/** To the atelier where there is one, to the list of them where there are several. */
function ungrouped(workshops: Named[], count: number): Waiting {
  const [first, ...others] = workshops;
  const one = first !== undefined && others.length === 0 ? first : null;
  return {
    id: 'ungrouped',
    what: t('accueil.todo.ungrouped', { n: count }),
    more: one ? one.name : t('accueil.todo.ungrouped_in', { n: workshops.length }),
    href: one ? href('animer', one.id) : href('animer'),
  };
}

const several = (workshops: Named[]): string => (workshops.length === 1 ? (workshops[0]?.name ?? '') : t('accueil.todo.ungrouped_in', { n: workshops.length }));
const toOne = ([first, ...others]: Named[]): string => (first && others.length === 0 ? href('animer', first.id) : href('animer'));

/** What waits, as a line that leads to its place. */
export function waiting(todo: Todo): Waiting {
  switch (todo.kind) {
    case 'missing_dossier':
      return { id: todo.kind, what: t('accueil.todo.missing'), more: t('accueil.todo.missing_more', { n: todo.changes }), href: href('fusionner') };
    case 'conflicts':
      return { id: todo.kind, what: t('accueil.todo.conflicts', { n: todo.count }), more: t('accueil.todo.conflicts_more'), href: href('fusionner', 'desaccords') };
    case 'open_ballot':
      return { id: `ballot ${todo.question}`, what: t('accueil.todo.ballot'), more: todo.question, href: todo.workshop ? href('animer', todo.workshop) : href('animer') };
    case 'ungrouped':
      return ungrouped(todo.workshops, todo.count);
    case 'to_close':
      return { id: `close ${todo.workshop}`, what: t('accueil.todo.to_close'), more: todo.title, href: href('animer', todo.workshop) };
    case 'minutes_to_send':
      return { id: todo.kind, what: t('accueil.todo.minutes', { n: todo.workshops.length }), more: several(todo.workshops), href: toOne(todo.workshops) };
    case 'next_steps':
      return { id: todo.kind, what: t('accueil.todo.next_steps', { n: todo.count }), more: several(todo.workshops), href: toOne(todo.workshops) };
    case 'unclustered':
      return { id: todo.kind, what: t('accueil.todo.unclustered', { n: todo.count }), more: t('accueil.todo.unclustered_more'), href: href('consolider') };
    case 'clusters_without_action':
      return { id: todo.kind, what: t('accueil.todo.no_action', { n: todo.count }), more: '', href: href('consolider') };
    case 'retention':
      return { id: todo.kind, what: t('accueil.todo.retention', { n: todo.people }), more: t(todo.over ? 'accueil.todo.retention_over' : 'accueil.todo.retention_soon', { day: formatDay(todo.on, 'long') }), href: href('preparer', 'donnees') };
    case 'action_gaps':
      return { id: todo.kind, what: t('accueil.todo.gaps', { n: todo.count }), more: t('accueil.todo.gaps_more'), href: href('plan') };
  }
}
