//! Votes of the fake: opened, cast, closed, counted otherwise.
import type { CommandApi } from '../api';
import type { Ballot } from '../bindings';
import { subject } from './entities';
import { ballotView, count } from './room';
import type { Store } from './store';

const entered = (store: Store, ballot: string) => (store.get(ballot).fields.entered ?? []) as { key: string; bulletin: Ballot }[];

export const votingCommands = (store: Store) => ({
  newBallot: async (ballot) =>
    store.act('ballot.open', ballot.question, 1, () => {
      const id = store.add('ballot', { workshop: ballot.workshop, question: ballot.question, method: ballot.method, state: 'open', secret: ballot.secret, settings: { ...ballot.settings }, present_count: ballot.present_count, entered: [], outcome: null });
      ballot.about.forEach((about) => store.add('option', { ballot: id, label: subject(store, about), about }));
      return id;
    }),
  castBallot: async (ballot, bulletin) => {
    const key = crypto.randomUUID();
    store.get(ballot).fields.entered = [...entered(store, ballot), { key, bulletin: bulletin as never }] as never;
    store.changed(['ballot', 'board']);
    return key;
  },
  withdrawBallot: async (ballot, key) => {
    store.get(ballot).fields.entered = entered(store, ballot).filter((one) => one.key !== key) as never;
    store.changed(['ballot', 'board']);
    return null;
  },
  closeBallot: async (id) => {
    store.act('ballot.close', subject(store, id), 1, () => Object.assign(store.get(id).fields, { outcome: count(ballotView(store, id)), state: 'closed' }));
    return null;
  },
  extendBallot: async (id, minutes) => {
    const settings = { ...(store.get(id).fields.settings as object), closes_at: minutes > 0 ? Date.now() + minutes * 60_000 : null };
    store.act('ballot.extend', subject(store, id), 1, () => Object.assign(store.get(id).fields, { settings }));
    return null;
  },
  settleLate: async (ballot, urn) => {
    const { odd } = ballotView(store, ballot);
    store.act('ballot.late', subject(store, ballot), 1, () => Object.assign(store.get(ballot).fields, { odd: { ...odd, urns: odd.urns.filter((one) => one.id !== urn), questions: odd.questions - 1 } }));
    return null;
  },
  noteRefused: async (ballot) => {
    const { odd } = ballotView(store, ballot);
    store.act('ballot.refused', subject(store, ballot), 1, () => Object.assign(store.get(ballot).fields, { odd: { ...odd, late_asked: false, questions: odd.questions - 1 } }));
    return null;
  },
  askAgain: async (id) =>
    store.act('ballot.again', subject(store, id), 1, () => {
      const first = store.get(id).fields;
      const next = store.add('ballot', { ...first, round_of: id, state: 'open', entered: [], outcome: null });
      ballotView(store, id).options.forEach((option) => store.add('option', { ballot: next, label: option.label, about: option.about }));
      return next;
    }),
  recount: async (id, method) => ({ ...count({ ...ballotView(store, id) }), method: method === 'unknown' ? 'dots' : method }),
  slices: async (id) => ({ slices: [{ label: 'paper', bulletins: ballotView(store, id).bulletins, outcome: ballotView(store, id).outcome }], divided: [] }),
}) satisfies Partial<CommandApi>;
