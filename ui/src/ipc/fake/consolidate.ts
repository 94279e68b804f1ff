//! Consolider beyond the plain list, in the fake: suggestions, rapprochements joined.
import type { CommandApi } from '../api';
import type { Suggestion, SuggestionSide } from '../bindings';
import { sourceProposal } from './plan';
import { ids, name } from './rows';
import { words } from './said';
import type { Entity, Store } from './store';

type Consolidating = Pick<CommandApi, 'suggestions' | 'bringTogether' | 'joinClusters'>;

export function consolidateCommands(store: Store): Consolidating {
  const apart = (a: string, b: string) => store.list('distinct').some((one) => a !== b && [one.fields.a, one.fields.b].includes(a) && [one.fields.a, one.fields.b].includes(b));

  function side(one: Entity): SuggestionSide {
    const proposal = sourceProposal(store, one);
    const members = proposal.cluster ? store.list('proposal').filter((other) => other.fields.cluster === proposal.cluster?.id).length : 1;
    return { id: proposal.cluster?.id ?? one.id, proposal, members };
  }

  function pairs(theme: string | null): Suggestion[] {
    const all = store.list('proposal').filter((one) => one.fields.parked !== true).map((one) => ({ side: side(one), words: words(name(one.fields.text)) }));
    const found = all.flatMap((a, i) =>
      all.slice(i + 1).flatMap((b): Suggestion[] => {
        const shared = [...a.words].filter((word) => b.words.has(word));
        const score = shared.length / Math.sqrt(a.words.size * b.words.size || 1);
        const far = a.side.proposal.workshop === b.side.proposal.workshop || a.side.id === b.side.id || apart(a.side.id, b.side.id) || apart(a.side.proposal.id, b.side.proposal.id);
        const wanted = theme === null || [a, b].some((one) => one.side.proposal.theme?.id === theme);
        return far || !wanted || score < 0.25 ? [] : [{ a: a.side, b: b.side, score, why: shared, others: 0 }];
      }),
    );
    const once = new Map<string, Suggestion>();
    for (const one of found.sort((a, b) => b.score - a.score)) {
      const key = [one.a.id, one.b.id].sort().join(' ');
      const known = once.get(key);
      if (known) known.others += 1;
      else once.set(key, one);
    }
    return [...once.values()];
  }

  function join(into: string, others: readonly string[]): void {
    for (const one of store.list('proposal')) if (others.includes(name(one.fields.cluster))) one.fields.cluster = into;
    for (const one of store.list('action')) one.fields.clusters = [...new Set(ids(one.fields.clusters).map((id) => (others.includes(id) ? into : id)))];
    store.entities = store.entities.filter((one) => !others.includes(one.id));
  }

  return {
    suggestions: async ({ theme = null, limit = 40 }) => {
      const all = pairs(theme);
      const of = store.list('proposal').length;
      return { pairs: all.slice(0, limit), waiting: all.length, read: of, of };
    },
    bringTogether: async (one, other, named) => {
      const [a, b] = [store.get(one), store.get(other)];
      if (a.kind === 'cluster' && b.kind === 'cluster') return store.act('cluster.join', name(a.fields.name), 1, () => (join(one, [other]), one));
      return store.act('cluster.put', name(a.fields.text ?? b.fields.text), 2, () => {
        const first = a.kind === 'cluster' ? one : b.kind === 'cluster' ? other : store.add('cluster', { name: named ?? name(a.fields.text).split(/\s+/u).slice(0, 6).join(' '), theme: store.get(name(a.fields.workshop)).fields.theme ?? null });
        for (const entity of [a, b]) if (entity.kind === 'proposal') entity.fields.cluster = first;
        return first;
      });
    },
    joinClusters: async (into, others) => {
      store.act('cluster.join', store.text(into), others.length + 1, () => join(into, others));
      return null;
    },
  };
}
