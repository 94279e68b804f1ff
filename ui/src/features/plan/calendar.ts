import type { Tracking, TrackedAction } from '@/ipc';

const DAY = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** How wide a row is drawn, whatever its zoom: what arrows between rows are computed from. */
export const ROW = 34;

export interface Scale {
  first: number;
  last: number;
  /** Months with their place from 0 to 100. */
  months: { start: string; at: number }[];
  place(day: string): number;
}

/** The days that a calendar shows: whole months, today among them. */
export function scale(tracking: Pick<Tracking, 'first' | 'last' | 'today'>): Scale {
  const days = [tracking.first, tracking.last, tracking.today].filter((day): day is string => day !== null).sort();
  const begin = new Date(at(days[0] ?? tracking.today));
  const end = new Date(at(days.at(-1) ?? tracking.today));
  const first = Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth(), 1);
  const last = Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 1);
  const place = (time: number) => ((time - first) / (last - first)) * 100;
  const months: Scale['months'] = [];
  for (let year = begin.getUTCFullYear(), month = begin.getUTCMonth(); Date.UTC(year, month, 1) < last; month += 1) {
    const start = Date.UTC(year, month, 1);
    months.push({ start: new Date(start).toISOString().slice(0, 10), at: place(start) });
  }
  return { first, last, months, place: (day) => place(at(day)) };
}

/** From where to where an action is drawn, its last day included; null where it has no date. */
export function bar(scale: Scale, action: Pick<TrackedAction, 'starts_on' | 'ends_on'>): { from: number; to: number } | null {
  const start = action.starts_on ?? action.ends_on;
  const end = action.ends_on ?? action.starts_on;
  if (start === null || end === null) return null;
  const next = new Date(at(end) + DAY).toISOString().slice(0, 10);
  return { from: scale.place(start), to: Math.max(scale.place(next), scale.place(start) + 0.4) };
}

export type By = 'axis' | 'lead' | 'territory';

/** Actions under headings; one with two leads stands under both. */
export function grouped(rows: readonly TrackedAction[], by: By, none: string): { name: string; rows: TrackedAction[] }[] {
  const groups = new Map<string, TrackedAction[]>();
  for (const row of rows) {
    const names = by === 'axis' ? (row.axis ? [row.axis.name] : []) : (by === 'lead' ? row.leads : row.territories).map((one) => one.name);
    for (const name of names.length > 0 ? names : [none]) groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const list = [...groups].map(([name, actions]) => ({ name, rows: actions }));
  return by === 'axis' ? list : list.sort((a, b) => Number(a.name === none) - Number(b.name === none) || a.name.localeCompare(b.name));
}
