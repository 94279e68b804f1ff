//! Days, times, sizes and lists as people of each language write them.
import { locale } from './index.svelte';

const styles = {
  /** mardi 5 juillet 2022 */
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** 5 juillet 2022 */
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  /** mar. 5 juil. */
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  /** mardi 5 juillet */
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  /** juillet 2022 */
  month: { month: 'long', year: 'numeric' },
  /** septembre */
  monthName: { month: 'long' },
  /** 05/07/2022 */
  numeric: { day: '2-digit', month: '2-digit', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A day `YYYY-MM-DD` as a local date. */
export function parseDay(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}

/** Today as `YYYY-MM-DD`. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((parseDay(to).getTime() - parseDay(from).getTime()) / 86_400_000);
}

/** A day in words. */
export function formatDay(day: string | null | undefined, style: keyof typeof styles = 'full'): string {
  if (!day) return '';
  const text = new Intl.DateTimeFormat(locale.tag, styles[style]).format(parseDay(day));
  // The first of the month has its own form in French, which Intl does not know.
  return locale.language === 'fr' ? text.replace(/(^|\s)1 (?=\p{L})/u, '$11er ') : text;
}

/** `14:00` as « 14 h 00 », or as it is in English. */
export function formatTime(time: string | null | undefined): string {
  if (!time) return '';
  return locale.language === 'fr' ? time.replace(':', '\u00a0h\u00a0') : time;
}

/** An instant's hour, minute and second. */
export function formatClock(at: number, seconds = true): string {
  const second = seconds ? '2-digit' : undefined;
  return new Intl.DateTimeFormat(locale.tag, { hour: '2-digit', minute: '2-digit', second }).format(new Date(at));
}

/** An instant in words: the hour if it is today, else the day and the hour, with the year if it is another. */
export function formatInstant(at: number, now = Date.now()): string {
  const same = new Date(at).toDateString() === new Date(now).toDateString();
  const options: Intl.DateTimeFormatOptions = same
    ? { hour: '2-digit', minute: '2-digit' }
    : { day: 'numeric', month: 'short', year: new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(locale.tag, options).format(new Date(at));
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale.tag, options).format(value);
}

/** Cents as euros without needless decimals. */
export function formatEuros(cents: number | null | undefined): string {
  if (cents === null || cents === undefined) return '';
  const digits = cents % 100 === 0 ? 0 : 2;
  return formatNumber(cents / 100, { style: 'currency', currency: 'EUR', minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A size in bytes: « 1,2 Mo ». */
export function formatBytes(bytes: number | null | undefined): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let value = bytes ?? 0;
  let step = 0;
  while (value >= 1000 && step < steps.length - 1) {
    value /= 1000;
    step += 1;
  }
  const digits = value < 10 && step > 0 ? 1 : 0;
  return formatNumber(value, { style: 'unit', unit: steps[step], unitDisplay: 'short', maximumFractionDigits: digits });
}

/** A length of time on a computer: « 21 ms », « 1,2 s ». */
export function formatDuration(ms: number | null | undefined): string {
  const value = ms ?? 0;
  return value < 1000
    ? formatNumber(Math.round(value), { style: 'unit', unit: 'millisecond', unitDisplay: 'short' })
    : formatNumber(value / 1000, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: 1 });
}

/** « a, b et c » */
export function formatList(items: string[]): string {
  return new Intl.ListFormat(locale.tag, { type: 'conjunction' }).format(items);
}

/** A time of day some minutes later: `addMinutes('14:00', 15)` is `14:15`. */
export function addMinutes(time: string, minutes: number): string {
  const [hours = 0, mins = 0] = time.split(':').map(Number);
  const total = (((hours * 60 + mins + minutes) % 1440) + 1440) % 1440;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}
