//! The day of an atelier in the fake: its déroulé, who is there, how it ends.
import type { Agenda, Attendee, AttendanceView, Closing, JsonValue, Left, Whereabouts, NewAttendee, NoteRow, Previous, PrintedBlock, StepDetail } from '../bindings';
import { library } from './library';
import { planView } from './plan';
import { board } from './room';
import { name, named, num, str, themeRef, workshopRow } from './rows';
import type { Entity, Store } from './store';

/** Puts a whole déroulé in place of what has not begun. The real thing scales in steps of five minutes. */
export function replaceSteps(store: Store, workshop: string, steps: Record<string, JsonValue>[]): number {
  store.entities = store.entities.filter((one) => one.kind !== 'step' || one.fields.workshop !== workshop || one.fields.started_at);
  for (const step of steps) store.add('step', { ...step, workshop });
  return steps.length;
}

export function agenda(store: Store, workshop: string): Agenda {
  const steps = store.list('step').filter((one) => one.fields.workshop === workshop);
  const detail = ({ id, fields: f }: Entity): StepDetail => ({
    id, title: name(f.title), method: library().methods.find((one) => one.id === f.method)?.name ?? str(f.method), goal: str(f.aims), material: str(f.material), wording: str(f.wording), instructions: str(f.instructions), question: str(f.question), sharing: (str(f.sharing) as 'silent' | null) ?? null,
  });
  return { workshop, steps: steps.map(detail) };
}

const marksOf = (store: Store, workshop: string) => store.list('attendance').filter((one) => one.fields.workshop === workshop);
const heads = (one: Entity) => num(one.fields.count) ?? 1;
const excused = (one: Entity) => one.fields.excused === true;
const remote = (one: Entity) => one.fields.mode === 'remote';
const sum = (marks: Entity[]) => marks.reduce((total, one) => total + heads(one), 0);

export function attendance(store: Store, workshop: string): AttendanceView {
  const marks = marksOf(store, workshop);
  const here = marks.filter((one) => !excused(one));
  const collegeOf = (organisation: JsonValue | undefined) => str(store.entities.find((one) => one.id === organisation)?.fields.college);
  const organisations = [...store.list('organisation').map((one) => one.id), null].map((id) => {
    const mine = marks.filter((one) => str(one.fields.organisation) === id);
    const present = mine.filter((one) => !excused(one));
    const counted = (far: boolean) => sum(present.filter((one) => !one.fields.participant && remote(one) === far));
    return {
      organisation: id, name: id ? store.text(id) : '', short_name: id ? str(store.text(id, 'short_name')) : null, college: id ? str(store.text(collegeOf(id) ?? '')) : null,
      counted: counted(false), counted_remote: counted(true), named: present.filter((one) => one.fields.participant).length, present: sum(present), excused: sum(mine.filter(excused)),
    };
  });
  const people = store.list('participant').map((one): Attendee => {
    const mark = marks.find((each) => each.fields.participant === one.id);
    const organisation = str(one.fields.organisation);
    return {
      participant: one.id, code: name(one.fields.code), name: str(one.fields.name), organisation: organisation ? named(store, organisation, 'short_name') : null, college: str(store.text(collegeOf(organisation) ?? '')),
      mark: !mark ? 'expected' : excused(mark) ? 'excused' : remote(mark) ? 'remote' : 'present', arrived_at: mark ? num(mark.fields.arrived_at) : null, signed: Boolean(one.fields[`signature ${workshop}`]), forgotten: one.fields.forgotten === true,
    };
  });
  const colleges = [...store.list('college').map((one) => one.id), null].map((id) => {
    const mine = here.filter((one) => collegeOf(one.fields.organisation) === id);
    return { college: id ? named(store, id) : null, present: sum(mine), remote: sum(mine.filter(remote)) };
  });
  return { workshop, organisations, people, colleges: colleges.filter((one) => one.present > 0), present: sum(here), remote: sum(here.filter(remote)), excused: sum(marks.filter(excused)), declared: num(store.get(workshop).fields.present_count) };
}

function countPresent(store: Store, workshop: string): void {
  store.get(workshop).fields.present_count = sum(marksOf(store, workshop).filter((one) => !excused(one))) || null;
}

export function markAttendance(store: Store, workshop: string, participant: string, mark: Whereabouts): void {
  const known = marksOf(store, workshop).find((one) => one.fields.participant === participant);
  const fields = { workshop, participant, organisation: store.get(participant).fields.organisation ?? null, mode: mark === 'remote' ? 'remote' : 'on_site', excused: mark === 'excused', arrived_at: mark === 'excused' ? null : (known?.fields.arrived_at ?? Date.now()) };
  if (mark === 'expected') store.entities = store.entities.filter((one) => one !== known);
  else if (known) Object.assign(known.fields, fields);
  else store.add('attendance', fields);
  countPresent(store, workshop);
}

export function countAttendance(store: Store, workshop: string, organisation: string | null, far: boolean, count: number): void {
  const same = (one: Entity) => !one.fields.participant && str(one.fields.organisation) === organisation && remote(one) === far;
  const known = marksOf(store, workshop).filter(same);
  store.entities = store.entities.filter((one) => !known.includes(one));
  if (count > 0) store.add('attendance', { workshop, organisation, count, mode: far ? 'remote' : 'on_site' });
  countPresent(store, workshop);
}

export function addAttendee(store: Store, workshop: string, attendee: NewAttendee): string {
  const organisation = attendee.new_organisation ? store.add('organisation', { name: attendee.new_organisation, short_name: null, college: attendee.college ?? null }) : (attendee.organisation ?? null);
  const code = attendee.code || `P${store.list('participant').length + 1}`;
  const participant = store.add('participant', { code, name: attendee.name ?? null, organisation, role: 'member' });
  markAttendance(store, workshop, participant, attendee.remote ? 'remote' : 'present');
  return participant;
}

export const notesOf = (store: Store, workshop: string, kind: string): NoteRow[] =>
  store.list('note').filter((one) => one.fields.about === workshop && one.fields.kind === kind).map((one) => ({ id: one.id, text: name(one.fields.text), done: one.fields.done === true, conflict: false }));

export function closing(store: Store, workshop: string): Closing {
  const row = workshopRow(store, store.get(workshop));
  const ratings: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (const one of store.list('rating')) if (one.fields.workshop === workshop) ratings[Number(one.fields.value) - 1] = (ratings[Number(one.fields.value) - 1] ?? 0) + 1;
  const hands = ratings.reduce((total, n) => total + n, 0);
  const { ballots, groups } = board(store, workshop);
  const [decisions, next_steps, remarks] = ['decision_taken', 'next_step', 'comment'].map((kind) => notesOf(store, workshop, kind)) as [NoteRow[], NoteRow[], NoteRow[]];
  const running = row.steps.find((one) => one.started_at !== null && one.ended_at === null);
  const left: Left[] = [
    ...(running ? [{ kind: 'running_step' as const, step: { id: running.id, name: running.title } }] : []),
    ...ballots.filter((one) => one.state === 'open').map((one) => ({ kind: 'open_ballot' as const, ballot: { id: one.id, name: one.question } })),
    ...(row.ungrouped > 0 ? [{ kind: 'ungrouped' as const, count: row.ungrouped }] : []),
    ...(row.present_count === null ? [{ kind: 'no_attendance' as const }] : []),
    ...(decisions.length + next_steps.length === 0 ? [{ kind: 'no_decision' as const }] : []),
    ...(hands === 0 ? [{ kind: 'no_rating' as const }] : []),
  ];
  const heading = (text: string, level = 1, part: string | null = null): PrintedBlock => ({ block: 'heading', level, text, part });
  const minutes: PrintedBlock[] = [
    { block: 'facts', items: [['Thématique', row.theme?.short_name ?? ''], ['Bassin', row.territories.map((one) => one.name).join(', ')], ['Lieu', row.place ?? '—'], ['Présents', String(row.present_count ?? '—')]] },
    heading('La question posée'),
    { block: 'paragraph', text: row.question ?? '—' },
    heading('Déroulé'),
    { block: 'table', caption: 'Déroulé', header: ['Séquence', 'Durée'], rows: row.steps.map((one) => [one.title, `${one.minutes ?? '—'} min`]) },
    heading('Propositions'),
    ...groups.flatMap((one): PrintedBlock[] => [heading(one.name, 2), { block: 'list', items: one.proposals.map((card) => card.text) }]),
    ...(decisions.length > 0 ? [heading('Décisions', 1, 'decisions'), { block: 'list' as const, items: decisions.map((one) => one.text) }] : []),
  ];
  return {
    workshop, closed: row.state === 'closed', left, decisions, next_steps, remarks, ratings, mean: hands > 0 ? ratings.reduce((total, n, index) => total + n * (index + 1), 0) / hands : null,
    introduction: str(store.get(workshop).fields.introduction), minutes_state: row.minutes_state ?? 'draft', minutes,
  };
}

export function previous(store: Store, workshop: string): Previous {
  const theme = themeRef(store, store.get(workshop).fields.theme);
  const plan = planView(store);
  const actions = [...plan.axes.flatMap((axis) => axis.objectives).flatMap((one) => one.actions), ...plan.loose];
  const rooms = store.list('workshop').map((one) => workshopRow(store, one)).filter((row) => row.id !== workshop && row.theme?.id === theme?.id && row.proposals > 0);
  return {
    theme,
    rooms: rooms.map((row) => ({
      id: row.id, number: row.number, title: row.title, territories: row.territories, date: row.date, proposals: row.proposals,
      groups: board(store, row.id).groups.map((group, index) => {
        const clusters = group.proposals.map((card) => store.get(card.id).fields.cluster);
        const taken = actions.filter((action) => ((store.get(action.id).fields.clusters ?? []) as JsonValue[]).some((cluster) => clusters.includes(cluster)));
        return { id: group.id, name: group.name, proposals: group.proposals.length, rank: index + 1, actions: taken.map(({ id, number, title, status }) => ({ id, number, title, status })), answers: [] };
      }),
      decisions: notesOf(store, row.id, 'decision_taken').map((one) => one.text),
      next_steps: notesOf(store, row.id, 'next_step').map(({ text, done }) => ({ text, done })),
    })),
  };
}
