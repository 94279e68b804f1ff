//! What the fake keeps safe and what it forgets: copies, the history, data of people.
import type { CommandApi } from '../api';
import { subject } from './entities';
import { name } from './rows';
import type { Store } from './store';

export const safetyCommands = (store: Store) => ({
  backUp: async () => ({ path: '/home/animatrice/Documents/sauvegardes/SPIE du Doubs 2022-07-05 14h32 07.moisson', changes: 1204, removed: [] }),
  backups: async () => [{ path: '/home/animatrice/Documents/sauvegardes/SPIE du Doubs 2022-07-05 14h32 07.moisson', made: '2022-07-05 14h32 07', bytes: 2_400_000 }],
  backupsOf: async () => [{ path: '/home/animatrice/Documents/sauvegardes/SPIE du Doubs 2022-07-05 14h32 07.moisson', made: '2022-07-05 14h32 07', bytes: 2_400_000 }],
  changes: async (entity) =>
    store.done
      .map((act) => act.row)
      .reverse()
      .filter((row) => entity === null || row.subject === subject(store, entity))
      .map((row) => ({ id: row.id, entity: entity ?? 'process', kind: 'proposal', understood: true, title: row.subject, label: row.label, at: row.at, author: row.author, replica: row.replica, withheld: false, fields: [{ field: 'text', before: '', after: row.subject, redacted: false, redactable: true }] })),
  exportHistory: async () => store.done.length,
  redact: async (entity, field) => {
    store.act('redact', subject(store, entity), 1, () => (store.get(entity).fields[field] = '[passage retiré]'));
    return { changes: 1, copies: [] };
  },
  quotes: async (participant) => {
    const quoted = name(store.get(participant).fields.name);
    return store.list('proposal').flatMap((one) => (quoted !== '' && name(one.fields.text).includes(quoted) ? [{ entity: one.id, kind: 'proposal', field: 'text', title: subject(store, one.id), text: name(one.fields.text), after: name(one.fields.text).replace(quoted, subject(store, participant)) }] : []));
  },
  forget: async (participant, confirmed) => {
    store.act('participant.forget', subject(store, participant), 1, () => Object.assign(store.get(participant).fields, { name: null, email: null, forgotten: true }));
    return { participant, redacted: confirmed.length, left: [], copies: [] };
  },
  forgetEveryone: async () => {
    const named = store.list('participant').filter((one) => one.fields.name || one.fields.email);
    store.act('participant.forget', '', named.length, () => named.forEach((one) => Object.assign(one.fields, { name: null, email: null, forgotten: true })));
    return { people: named.length, quotes: 0, copies: [] };
  },
  givePerson: async (participant, folder) => ({ files: ['pdf', 'json'].map((format) => ({ path: `${folder}/donnees-de-${subject(store, participant)}.${format}`, format, bytes: 21_000, ms: 12 })), notices: [] }),
  setPerson: async (participant, key, value) => {
    store.act('participant.edit', subject(store, participant), 1, () => (store.get(participant).fields[key] = value || null));
    return null;
  },
}) satisfies Partial<CommandApi>;
