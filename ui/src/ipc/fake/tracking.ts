//! The plan as it is carried out, in the fake.
import type { Amended, AmendmentFilter, BudgetRow, PlanHistory, Tracking, TrackedAction } from '../bindings';
import { actionView, planView } from './plan';
import { ids, name, named, num, str } from './rows';
import { day } from './sample';
import type { Store } from './store';

const numberOf = (text: string | null): number | null => (text === null || Number.isNaN(Number.parseFloat(text)) ? null : Number.parseFloat(text));

export function tracking(store: Store): Tracking {
  const plan = planView(store);
  const placed = plan.axes.flatMap((axis) => axis.objectives.flatMap((one) => one.actions.map((row) => ({ row, axis: { id: axis.id, name: `${axis.number} ${axis.title}` } }))));
  const rows = [...placed, ...plan.loose.map((row) => ({ row, axis: null }))].map(({ row, axis }): TrackedAction => {
    const view = actionView(store, row.id);
    const status = row.status ?? 'to_discuss';
    return {
      id: row.id, number: row.number, title: row.title, axis, leads: row.leads, territories: ids(store.get(row.id).fields.territories).map((id) => named(store, id)), starts_on: row.starts_on, ends_on: row.ends_on, status,
      progress: num(store.get(row.id).fields.progress), late: status !== 'done' && row.ends_on !== null && row.ends_on < day(0) ? 'end' : null, milestones: view.milestones, preceding: view.preceding.map((one) => one.id),
      indicators: view.indicators.map((one) => ({
        id: one.id, name: one.name, unit: one.unit, baseline: one.baseline, target: one.target, from: numberOf(one.baseline), to: numberOf(one.target),
        measures: store.list('measure').filter((measure) => measure.fields.indicator === one.id).map((measure) => ({ id: measure.id, date: name(measure.fields.date), value: name(measure.fields.value), number: numberOf(str(measure.fields.value)) })),
      })),
    };
  });
  const lines = store.list('funding').map((one) => ({ funder: name(one.fields.funder), year: num(one.fields.year), planned: num(one.fields.planned) ?? 0, action: name(one.fields.action) }));
  const years = [...new Set(lines.flatMap((one) => one.year ?? []))].sort();
  const sum = (funder: string, mine: typeof lines): BudgetRow => ({
    funder, years: years.map((year) => mine.filter((one) => one.year === year).reduce((total, one) => total + one.planned, 0)), undated: mine.filter((one) => one.year === null).reduce((total, one) => total + one.planned, 0),
    planned: mine.reduce((total, one) => total + one.planned, 0), actual: 0, actions: new Set(mine.map((one) => one.action)).size,
  });
  const days = rows.flatMap((row) => [row.starts_on, row.ends_on, ...row.milestones.map((one) => one.due_on)]).filter((one): one is string => one !== null).sort();
  return {
    today: day(0), first: days[0] ?? null, last: days.at(-1) ?? null, rows, late: rows.filter((row) => row.late).length, done: rows.filter((row) => row.status === 'done').length,
    budget: { years, rows: [...new Set(lines.map((one) => one.funder))].map((funder) => sum(funder, lines.filter((one) => one.funder === funder))), total: sum('', lines) },
  };
}

/** Versions, and the acts on actions since the one compared from: one line each. */
export function planHistory(store: Store, asked: AmendmentFilter): PlanHistory {
  const versions = store.list('plan_version').reverse();
  const from = asked.day ? null : (asked.from ?? versions[0]?.id ?? null);
  const since = num(versions.find((one) => one.id === from)?.fields.at);
  const acts = since === null ? [] : store.done.slice(since + 1).filter((act) => act.row.label.startsWith('action.'));
  const amended = acts.map((act): Amended => ({ action: null, kind: 'action', title: act.row.subject, how: act.row.label === 'action.create' ? 'new' : 'changed', fields: [{ field: 'title', before: '', after: act.row.subject }] }));
  return { versions: versions.map((one) => ({ id: one.id, label: name(one.fields.label), adopted_on: str(one.fields.adopted_on), digest: null, unchanged: amended.length === 0, amendments: store.list('note').filter((note) => note.fields.kind === 'amendment' && note.fields.about === one.id).map((note) => name(note.fields.text)) })), next: `V${versions.length + 1}`, from, amended };
}
