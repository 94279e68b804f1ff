//! Any entity of the fake: found, written, moved, put together.
import type { CommandApi } from '../api';
import type { Hit } from '../bindings';
import { fold } from './plan';
import { name } from './rows';
import { failure, type Store } from './store';

/** How links of the real thing are kept on the fake's entities. */
const linkFields: Record<string, string> = { territory: 'territories', lead: 'leads', partner: 'partners', theme: 'themes', finding: 'findings', cluster: 'clusters', preceding: 'precedings', related: 'relateds' };
const parents = ['workshop', 'ballot', 'action', 'parent', 'about'];

/** What an entity is called in acts and findings. */
export function subject(store: Store, id: string): string {
  const f = store.get(id).fields;
  return name(f.title) || name(f.name) || name(f.text) || name(f.code) || name(f.question) || name(f.what);
}

/** An entity goes with what hangs on it; what only named it does so no more. */
function remove(store: Store, id: string): void {
  store.entities.filter((one) => parents.some((field) => one.fields[field] === id) && one.id !== id).forEach((child) => remove(store, child.id));
  for (const one of store.entities) for (const field of ['group', 'cluster', 'theme', 'objective']) if (one.fields[field] === id) one.fields[field] = null;
  store.entities = store.entities.filter((one) => one.id !== id);
}

/** Proposals put into a group or a cluster, a new one, or out of any. */
function put(store: Store, kind: 'group' | 'cluster', proposals: string[], target: { to: string; id?: string; name?: string }): string | null {
  return store.act(`${kind}.${target.to === 'none' ? 'release' : 'put'}`, name(store.get(proposals[0] ?? '').fields.text), proposals.length, () => {
    let into = target.id ?? null;
    const workshop = store.get(proposals[0] ?? '').fields.workshop ?? null;
    if (target.to === 'new') into = store.add(kind, kind === 'group' ? { name: target.name ?? '', workshop } : { name: target.name ?? '', theme: store.get(name(workshop)).fields.theme ?? null });
    for (const id of proposals) store.get(id).fields[kind] = into;
    return into;
  });
}

export const entityCommands = (store: Store) => ({
  search: async (query, limit) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    const hits = ['workshop', 'action', 'cluster', 'group', 'proposal', 'finding'].flatMap((kind) =>
      store.list(kind).map((one): Hit => ({ id: one.id, kind, text: subject(store, one.id), context: kind === 'workshop' ? '' : store.text(one.fields.workshop, 'title'), workshop: kind === 'workshop' ? one.id : name(one.fields.workshop) || null })),
    );
    return hits.filter((hit) => words.length > 0 && words.every((word) => fold(hit.text).includes(word))).slice(0, limit);
  },
  create: async (kind, fields, before) => {
    const id = store.newId(kind);
    store.act(`${kind}.create`, name(fields.title ?? fields.name ?? fields.text ?? fields.code ?? null), 1, () => {
      store.add(kind, { ...fields }, id);
      if (before) store.move(id, before);
    });
    return id;
  },
  edit: async (id, fields) => {
    store.act(`${store.get(id).kind}.edit`, subject(store, id), 1, () => Object.assign(store.get(id).fields, fields));
    return null;
  },
  remove: async (list) => {
    store.act(list.length === 1 ? `${store.get(list[0] ?? '').kind}.delete` : 'entities.delete', subject(store, list[0] ?? ''), list.length, () => list.forEach((one) => remove(store, one)));
    return null;
  },
  reorder: async (id, before) => {
    store.act(`${store.get(id).kind}.reorder`, subject(store, id), 1, () => store.move(id, before));
    return null;
  },
  setLinks: async (from, kind, to) => {
    store.act(`${store.get(from).kind}.link`, subject(store, from), 1, () => (store.get(from).fields[linkFields[kind] ?? kind] = to));
    return null;
  },
  capture: async (workshop, capture) => {
    const lines = (capture.text ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
    if (lines.length === 0) throw failure('nothing_to_note', 'Il n’y a rien à noter.');
    return store.act('proposal.capture', lines[0] ?? '', lines.length, () =>
      lines.map((text) => store.add('proposal', { workshop, text, table: capture.table ?? null, organisation: capture.organisation ?? null, finding: capture.finding ?? null, theme: capture.theme ?? null, group: capture.group ?? null, origin: capture.origin ?? 'keyboard', noted_at: Date.now() })),
    );
  },
  group: async (proposals, target) => put(store, 'group', proposals, target),
  cluster: async (proposals, target) => put(store, 'cluster', proposals, target),
}) satisfies Partial<CommandApi>;
