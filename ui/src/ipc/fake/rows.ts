//! Rows that several views share, and what Préparer reads, computed from the fake's memory.
import type { JsonValue, Named, Preparation, ProcessRow, StepRow, ThemeRef, ThemeRow, WorkshopRow } from '../bindings';
import { shortest } from './library';
import type { Entity, Store } from './store';

export const str = (value: JsonValue | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const num = (value: JsonValue | undefined): number | null => (typeof value === 'number' ? value : null);
export const ids = (value: JsonValue | undefined): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
export const name = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

export function themeRef(store: Store, id: JsonValue | undefined): ThemeRef | null {
  const index = store.list('theme').findIndex((one) => one.id === id);
  const theme = store.list('theme')[index];
  if (!theme) return null;
  return { id: theme.id, number: index + 1, short_name: name(theme.fields.short_name) || name(theme.fields.name), colour: Number(theme.fields.colour ?? (index % 7) + 1) };
}

export const named = (store: Store, id: string, field = 'name'): Named => ({ id, name: store.text(id, field) });

export function workshopRow(store: Store, one: Entity): WorkshopRow {
  const f = one.fields;
  const proposals = store.list('proposal').filter((proposal) => proposal.fields.workshop === one.id && proposal.fields.parked !== true);
  const steps = store.list('step').filter((step) => step.fields.workshop === one.id);
  return {
    id: one.id, number: num(f.number), title: name(f.title), theme: themeRef(store, f.theme), territories: ids(f.territories).map((id) => named(store, id)),
    date: str(f.date), starts_at: str(f.starts_at), ends_at: str(f.ends_at), place: str(f.place), question: str(f.question), aims: str(f.aims),
    state: str(f.state) ?? 'planned', minutes_state: str(f.minutes_state), present_count: num(f.present_count),
    proposals: proposals.length, ungrouped: proposals.filter((proposal) => !proposal.fields.group).length,
    ballots: store.list('ballot').filter((ballot) => ballot.fields.workshop === one.id && ballot.fields.state === 'closed').length,
    steps: steps.map((step): StepRow => ({ id: step.id, title: name(step.fields.title), minutes: num(step.fields.minutes), planned: num(step.fields.planned), shortest: shortest(step.fields.method), method: str(step.fields.method), started_at: num(step.fields.started_at), ended_at: num(step.fields.ended_at) })),
  };
}

export const workshops = (store: Store): WorkshopRow[] => store.list('workshop').map((one) => workshopRow(store, one));

export function themeRows(store: Store): ThemeRow[] {
  const all = workshops(store);
  return store.list('theme').map((one) => {
    const ref = themeRef(store, one.id);
    const mine = all.filter((workshop) => workshop.theme?.id === one.id);
    return { id: one.id, number: ref?.number ?? 0, name: name(one.fields.name), short_name: ref?.short_name ?? '', colour: ref?.colour ?? 1, description: str(one.fields.description), workshops: mine.length, proposals: mine.reduce((sum, workshop) => sum + workshop.proposals, 0) };
  });
}

export function processRow(store: Store): ProcessRow {
  const [one] = store.list('process');
  const f = one?.fields ?? {};
  return {
    id: one?.id ?? '', title: name(f.title), organisation: str(f.organisation), funding_reference: str(f.funding_reference), funding_statement: str(f.funding_statement),
    started_on: str(f.started_on), presented_on: str(f.presented_on), plan_title: str(f.plan_title), introduction: str(f.introduction), method_note: str(f.method_note), easy_summary: str(f.easy_summary), data_contact: str(f.data_contact), legal_basis: str(f.legal_basis), retain_until: str(f.retain_until),
  };
}

export function preparation(store: Store): Preparation {
  const all = workshops(store);
  return {
    process: processRow(store),
    territories: store.list('territory').map((one) => ({ id: one.id, name: name(one.fields.name), workshops: all.filter((workshop) => workshop.territories.some((territory) => territory.id === one.id)).length })),
    themes: themeRows(store),
    colleges: store.list('college').map((one) => ({ id: one.id, name: name(one.fields.name), organisations: store.list('organisation').filter((organisation) => organisation.fields.college === one.id).length })),
    organisations: store.list('organisation').map((one) => ({ id: one.id, name: name(one.fields.name), short_name: str(one.fields.short_name), college: str(one.fields.college), college_name: str(store.text(one.fields.college)) })),
    findings: store.list('finding').map((one) => ({ id: one.id, number: str(one.fields.number), text: name(one.fields.text), figure: str(one.fields.figure), source: str(one.fields.source), theme: str(one.fields.theme), territories: ids(one.fields.territories) })),
    workshops: all,
    participants: store.list('participant').map((one) => ({ id: one.id, code: name(one.fields.code), organisation: str(one.fields.organisation), role: str(one.fields.role), name: str(one.fields.name), email: str(one.fields.email), forgotten: one.fields.forgotten === true })),
  };
}
