//! An atelier of the fake as it runs: its agenda, who came, how it closes.
import type { CommandApi } from '../api';
import { subject } from './entities';
import { library, stepFields, templateSteps } from './library';
import type { FakePhones } from './phones';
import { name } from './rows';
import { addAttendee, agenda, attendance, closing, countAttendance, markAttendance, previous, replaceSteps } from './seance';
import type { Store } from './store';

export const runningCommands = (store: Store, phones: FakePhones) => ({
  methods: async () => library(),
  agenda: async (workshop) => agenda(store, workshop),
  previous: async (workshop) => previous(store, workshop),
  addMethod: async (workshop, method, people, before) => {
    const id = store.newId('step');
    store.act('step.create', name(stepFields(method, null, people).title), 1, () => {
      store.add('step', { ...stepFields(method, null, people), workshop }, id);
      if (before) store.move(id, before);
    });
    return id;
  },
  applyAgenda: async (workshop, template, { people, minutes }) => store.act('agenda.template', '', 1, () => replaceSteps(store, workshop, templateSteps(template, people ?? null, minutes ?? null))),
  copyAgenda: async (workshop, from) =>
    store.act('agenda.copy', '', 1, () => replaceSteps(store, workshop, store.list('step').filter((one) => one.fields.workshop === from).map((one) => ({ ...one.fields, started_at: null, ended_at: null, planned: null })))),
  stretchSteps: async (lengths) => {
    store.act(lengths.length > 1 ? 'agenda.catch_up' : 'step.stretch', subject(store, lengths[0]?.step ?? ''), lengths.length, () => {
      for (const { step, minutes } of lengths) {
        const { fields } = store.get(step);
        const running = store.text(fields.workshop, 'state') === 'running';
        Object.assign(fields, { planned: running ? (fields.planned ?? fields.minutes ?? 0) : null, minutes });
      }
    });
    return null;
  },
  startStep: async (id) => {
    store.act('step.start', subject(store, id), 1, () => {
      const { workshop } = store.get(id).fields;
      for (const one of store.list('step')) if (one.fields.workshop === workshop && one.fields.started_at && !one.fields.ended_at) one.fields.ended_at = Date.now();
      Object.assign(store.get(id).fields, { started_at: Date.now(), ended_at: null });
      if (store.text(workshop, 'state') === 'planned') store.get(name(workshop)).fields.state = 'running';
    });
    return null;
  },
  endStep: async (id) => {
    store.act('step.end', subject(store, id), 1, () => (store.get(id).fields.ended_at = Date.now()));
    return null;
  },
  attendance: async (workshop) => attendance(store, workshop),
  markAttendance: async (workshop, participant, mark) => {
    store.act('attendance.mark', '', 1, () => markAttendance(store, workshop, participant, mark));
    return null;
  },
  countAttendance: async (workshop, organisation, remote, count) => {
    store.act('attendance.count', '', 1, () => countAttendance(store, workshop, organisation, remote, count));
    return null;
  },
  addAttendee: async (workshop, attendee) => store.act('attendance.add', '', 1, () => addAttendee(store, workshop, attendee)),
  sign: async (workshop, participant, strokes) => {
    const drawn = strokes?.map((stroke) => stroke.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')).join('') ?? null;
    store.get(participant).fields[`signature ${workshop}`] = drawn;
    if (drawn) store.act('attendance.mark', '', 1, () => markAttendance(store, workshop, participant, 'present'));
    store.changed(['attendance']);
    return null;
  },
  signature: async (workshop, participant) => name(store.get(participant).fields[`signature ${workshop}`] ?? null) || null,
  closing: async (workshop) => closing(store, workshop),
  closeWorkshop: async (workshop) => {
    store.act('workshop.close', subject(store, workshop), 1, () => {
      const { fields } = store.get(workshop);
      Object.assign(fields, { state: 'closed', minutes_state: fields.minutes_state ?? 'draft' });
      for (const one of store.list('step')) if (one.fields.workshop === workshop && one.fields.started_at && !one.fields.ended_at) one.fields.ended_at = Date.now();
    });
    const open = phones.join !== null;
    phones.close();
    return open;
  },
  rate: async (workshop, value) => {
    store.act('rating.give', '', 1, () => store.add('rating', { workshop, value }));
    return null;
  },
  unrate: async (workshop, value) => {
    const last = store.list('rating').findLast((one) => one.fields.workshop === workshop && one.fields.value === value);
    store.act('rating.take_back', '', 1, () => (store.entities = store.entities.filter((one) => one !== last)));
    return null;
  },
}) satisfies Partial<CommandApi>;
