//! What was said again, split, joined, put aside and what resembles what, in the fake. Likeness is words in common, no more.
import type { CommandApi } from '../api';
import type { Asked, Capture, Resembling } from '../bindings';
import type { Store } from './store';
import { failure } from './store';
import { fold } from './plan';
import { name, num, str, workshopRow } from './rows';

type Said = Pick<CommandApi, 'captureAll' | 'sayAgain' | 'unsay' | 'split' | 'join' | 'park' | 'tellApart' | 'resembling' | 'attachPhoto' | 'photo'>;

/** How often a proposal was said again, in its words or in those it comes from. */
export function support(store: Store, id: string): number {
  const own = store.list('support').filter((one) => one.fields.proposal === id).length;
  const sources = store.list('link').filter((one) => one.fields.from === id);
  return sources.reduce((sum, link) => sum + support(store, name(link.fields.to)), own);
}

/** A flip chart, drawn. */
const PAPERBOARD = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200"><rect width="900" height="1200" fill="#fdfcf7"/><g font-family="cursive" font-size="64" fill="#22324a"><text x="80" y="180">Mobilité</text><text x="80" y="360">– garage solidaire</text><text x="80" y="500">– vélos à la gare</text><text x="80" y="640">– bus le dimanche</text></g></svg>')}`;

/** The words of a text that count, without their endings. */
export const words = (text: string): Set<string> => new Set(fold(text).split(/[^\p{L}\d]+/u).filter((word) => word.length > 3).map((word) => word.replace(/(?:s|x)$/u, '')));

export function saidCommands(store: Store): Said {
  const text = (id: string) => name(store.get(id).fields.text);
  const park = (id: string, parked: boolean) => (store.get(id).fields.parked = parked);
  const tie = (kind: string, from: string, to: string) => store.add('link', { kind, from, to });
  const note = (workshop: string, one: Capture): string[] =>
    (one.text ?? '').split('\n').map((line) => line.trim()).filter(Boolean).map((line) =>
      store.add('proposal', { workshop, text: line, table: one.table ?? null, organisation: one.organisation ?? null, finding: one.finding ?? null, theme: one.theme ?? null, group: one.group ?? null, card_number: one.card_number ?? null, origin: one.origin ?? 'keyboard', noted_at: Date.now() }),
    );
  const apart = (a: string, b: string) => store.list('distinct').some((one) => [one.fields.a, one.fields.b].includes(a) && [one.fields.a, one.fields.b].includes(b));

  function resembling(asked: Asked): Resembling[] {
    const wanted = words(asked.proposal ? text(asked.proposal) : asked.text);
    const mine = asked.proposal ? store.get(asked.proposal).fields.group : null;
    const rows = store.list('proposal').filter((one) => one.id !== asked.proposal && one.fields.parked !== true && !(mine && one.fields.group === mine) && !(asked.proposal && apart(asked.proposal, one.id))).map((one): Resembling => {
      const theirs = words(name(one.fields.text));
      const shared = [...wanted].filter((word) => theirs.has(word));
      const home = workshopRow(store, store.get(name(one.fields.workshop)));
      const group = str(one.fields.group);
      const cluster = str(one.fields.cluster);
      return {
        id: one.id, text: name(one.fields.text), here: one.fields.workshop === asked.workshop, workshop_number: home.number, workshop_title: home.title, territories: home.territories.map((place) => place.name),
        group: group ? { id: group, name: store.text(group) } : null, cluster: cluster ? { id: cluster, name: store.text(cluster) } : null, support: support(store, one.id),
        score: shared.length === 0 ? 0 : shared.length / Math.sqrt(wanted.size * theirs.size), why: shared,
      };
    });
    const likely = rows.filter((one) => one.score >= (asked.least ?? 0.25)).sort((a, b) => b.score - a.score);
    return [...likely.filter((one) => one.here).slice(0, asked.limit), ...likely.filter((one) => !one.here).slice(0, asked.limit)];
  }

  return {
    captureAll: async (workshop, captures) => {
      const first = captures[0]?.text?.trim() ?? '';
      if (first === '') throw failure('nothing_to_note', 'Il n’y a rien à noter.');
      const taken = captures.find((one) => one.card_number !== null && store.list('proposal').some((other) => other.fields.workshop === workshop && other.fields.card_number === one.card_number));
      if (taken) throw failure('card_taken', `La carte ${num(taken.card_number ?? undefined) ?? ''} est déjà saisie.`);
      return store.act('proposal.capture', first, captures.length, () => captures.flatMap((one) => note(workshop, one)));
    },
    sayAgain: async (proposal, workshop) => store.act('proposal.support', text(proposal), 1, () => store.add('support', { proposal, said_in: workshop, count: 1 })),
    unsay: async (proposal) => {
      const latest = store.list('support').filter((one) => one.fields.proposal === proposal).at(-1);
      if (!latest) throw failure('never_said_again', 'Cette proposition n’a pas été redite dans cet atelier.');
      store.act('proposal.unsupport', text(proposal), 1, () => (store.entities = store.entities.filter((one) => one.id !== latest.id)));
      return null;
    },
    split: async (proposal, texts) => {
      const kept = texts.map((one) => one.trim()).filter(Boolean);
      if (kept.length < 2) throw failure('split_in_two', 'Pour partager une proposition, il faut au moins deux morceaux.');
      return store.act('proposal.split', text(proposal), kept.length + 1, () => {
        park(proposal, true);
        return kept.map((piece) => {
          const id = store.add('proposal', { ...store.get(proposal).fields, parked: false, text: piece, card_number: null });
          tie('split_from', id, proposal);
          return id;
        });
      });
    },
    join: async (proposals, wording) => {
      if (new Set(proposals).size < 2) throw failure('join_two', 'Choisissez au moins deux propositions à réunir.');
      return store.act('proposal.join', wording, proposals.length + 1, () => {
        const [first = ''] = proposals;
        const id = store.add('proposal', { ...store.get(first).fields, table: null, organisation: null, text: wording, card_number: null });
        for (const source of proposals) {
          tie('joined_from', id, source);
          park(source, true);
        }
        return id;
      });
    },
    park: async (proposals, parked) => {
      store.act(parked ? 'proposal.park' : 'proposal.unpark', text(proposals[0] ?? ''), proposals.length, () => proposals.forEach((id) => park(id, parked)));
      return null;
    },
    tellApart: async (one, other) => {
      store.act('distinct.create', name(store.get(one).fields.text ?? store.get(one).fields.name), 1, () => store.add('distinct', { a: one, b: other }));
      return null;
    },
    resembling: async (asked) => resembling(asked),
    attachPhoto: async (workshop, path) => {
      const called = path.split('/').at(-1) ?? path;
      if (!/\.(?:jpe?g|png|webp|gif)$/iu.test(called)) throw failure('photo', `${called} n’est pas une image.`);
      return store.act('photo.attach', called, 1, () => store.add('attachment', { workshop, name: called, description: null }));
    },
    photo: async () => PAPERBOARD,
  };
}
