//! What the committee decides and what became of proposals, in the fake.
import type { CommandApi } from '../api';
import type { AnsweredProposal, Arbitration, ArbitrationRow, Counted, DecisionRow, FollowedWorkshop, OutcomeKind, OutcomeRow, PartnerRow } from '../bindings';
import { clusterRow, fold, planView, sourceProposal } from './plan';
import { ids, name, named, num, str, workshops } from './rows';
import { day } from './sample';
import { failure, type Entity, type Store } from './store';

type Deciding = Pick<CommandApi, 'arbitration' | 'decide' | 'setReasons' | 'answer' | 'agree' | 'outcomes' | 'followup' | 'partners' | 'commitments' | 'joinActions' | 'splitAction'>;

const usual = ['Existe déjà sur le territoire', 'Hors de la compétence des signataires', 'Coût hors de proportion'];
const FROM_DECISION: Record<string, OutcomeKind> = { retain: 'retained', merge: 'retained', study: 'study', set_aside: 'set_aside' };
const SENTENCES: Record<OutcomeKind, string> = { taken_up: 'Reprise dans le plan', retained: 'Retenue par le comité, à écrire dans le plan', merged: 'Réunie avec une autre proposition', study: 'À l’étude', referred: 'Transmise à qui peut y répondre', set_aside: 'Non retenue' };

function counted(names: readonly (string | null | undefined)[]): Counted[] {
  const found = new Map<string, number>();
  for (const one of names) if (one) found.set(one, (found.get(one) ?? 0) + 1);
  return [...found].map(([of, count]) => ({ name: of, count }));
}

export function decidingCommands(store: Store): Deciding {
  const reasons = () => {
    const ours = store.list('note').filter((one) => one.fields.kind === 'set_aside_reason').map((one) => name(one.fields.text));
    return ours.length > 0 ? ours : usual;
  };
  const decisions = (cluster: string): DecisionRow[] =>
    store.list('decision').filter((one) => one.fields.about === cluster).map((one) => ({ id: one.id, kind: name(one.fields.kind), reason: str(one.fields.reason), decided_on: str(one.fields.decided_on), body: str(one.fields.body), note: str(one.fields.note) })).reverse();

  function row(one: Entity, index: number): ArbitrationRow {
    const mine = store.list('proposal').filter((proposal) => proposal.fields.cluster === one.id);
    const [decision = null, ...earlier] = decisions(one.id);
    const college = (proposal: Entity) => store.text(store.entities.find((other) => other.id === proposal.fields.organisation)?.fields.college);
    return {
      cluster: clusterRow(store, one), said_again: 0, rooms: 1, territories: counted(mine.map((proposal) => sourceProposal(store, proposal).territory?.name)), colleges: counted(mine.map(college)),
      places: [{ rule: 'rooms', place: index + 1, priority: 1 / (index + 1), moved: 0 }, { rule: 'heads', place: index === 0 ? 2 : index === 1 ? 1 : index + 1, priority: 0.5, moved: index === 0 ? -1 : index === 1 ? 1 : 0 }],
      votes: [{ ballot: 'ba-1', workshop_number: 7, territories: ['Besançon'], question: 'Que faire d’abord ?', option: name(one.fields.name), words: '23 appuis', rank: index + 1, of: 6, supporters: Math.max(2, 23 - index * 4), present: 28, interval: [Math.max(3, 64 - index * 14), Math.max(22, 92 - index * 12)], divided: index === 1 ? 0.7 : null }],
      divided: index === 1 ? 0.7 : null, cost: null, feasibility: str(one.fields.feasibility), competence: str(one.fields.competence), schemes: str(one.fields.schemes), decision, earlier,
    };
  }

  function outcome(one: Entity): OutcomeRow | null {
    const made = (kind: OutcomeKind, from: OutcomeRow['from'], reason: string | null, actions: OutcomeRow['actions'] = [], answer: string | null = null): OutcomeRow => ({ kind, from, actions, answer, sentence: reason ? `${SENTENCES[kind]} : ${reason}.` : `${SENTENCES[kind]}.` });
    const own = store.list('outcome').findLast((other) => other.fields.proposal === one.id);
    if (own) return { ...made(own.fields.kind as OutcomeKind, 'answer', str(own.fields.reason), [], own.id), ...(own.fields.answer ? { sentence: name(own.fields.answer) } : {}) };
    const cluster = str(one.fields.cluster);
    if (!cluster) return null;
    const actions = store.list('action').filter((action) => ids(action.fields.clusters).includes(cluster)).map((action) => ({ id: action.id, name: name(action.fields.title) }));
    if (actions.length > 0) return made('taken_up', 'action', actions.map((action) => `« ${action.name} »`).join(', '), actions);
    const [decision] = decisions(cluster);
    const kind = decision ? FROM_DECISION[decision.kind] : undefined;
    return decision && kind ? made(kind, 'decision', decision.reason) : null;
  }

  const answered = (one: Entity): AnsweredProposal => ({ proposal: sourceProposal(store, one), outcome: outcome(one) });
  const kinds = (rows: readonly AnsweredProposal[]) => counted(rows.map((one) => one.outcome?.kind)).map((one) => ({ kind: one.name as OutcomeKind, count: one.count }));
  const followed = (id: string, rows: readonly AnsweredProposal[]): FollowedWorkshop => {
    const workshop = workshops(store).find((one) => one.id === id);
    return { id, number: workshop?.number ?? null, title: workshop?.title ?? '', territories: workshop?.territories ?? [], date: workshop?.date ?? null, proposals: rows.length, open: rows.filter((one) => !one.outcome).length };
  };
  const said = (workshop: string) => store.list('proposal').filter((one) => one.fields.workshop === workshop).map(answered);
  const agreedOn = (action: Entity, organisation: string): string | null => str((action.fields.agreed as Record<string, string | null> | undefined)?.[organisation]);

  return {
    arbitration: async (): Promise<Arbitration> => {
      const rows = store.list('cluster').map(row);
      const process = store.get('process').fields;
      const weights = (process.weights ?? {}) as Record<string, number>;
      return {
        process: 'process', rule: process.priority_rule === 'heads' || process.priority_rule === 'weights' ? process.priority_rule : 'rooms', rows, reasons: reasons(), decided: rows.filter((one) => one.decision).length,
        weights: store.list('territory').map((one) => ({ territory: named(store, one.id), weight: weights[one.id] ?? 1 })),
      };
    },
    decide: async ({ clusters, kind, reason, body, into }) => {
      if (kind === 'set_aside' && !reason?.trim()) throw failure('why_set_aside', 'Pour écarter, il faut une raison : ceux qui ont proposé la liront.');
      store.act(`decision.${kind}`, store.text(clusters[0]), clusters.length, () => {
        for (const about of clusters) store.add('decision', { about: into ?? about, kind, reason, body, decided_on: day(0), note: into ? store.text(about) : null });
        if (into) {
          for (const one of store.list('proposal')) if (clusters.includes(name(one.fields.cluster))) one.fields.cluster = into;
          store.entities = store.entities.filter((one) => !clusters.includes(one.id));
        }
      });
      return null;
    },
    joinActions: async (into, others) => {
      store.act('action.join', store.text(into, 'title'), others.length + 1, () => {
        const whole = store.get(into).fields;
        for (const other of others) {
          for (const field of ['clusters', 'partners', 'leads', 'themes', 'territories', 'findings']) whole[field] = [...new Set([...ids(whole[field]), ...ids(store.get(other).fields[field])])];
          for (const one of store.entities) if (one.fields.action === other) one.fields.action = into;
        }
        store.entities = store.entities.filter((one) => !others.includes(one.id));
      });
      return null;
    },
    splitAction: async (action, title, clusters) =>
      store.act('action.split', store.text(action, 'title'), 2, () => {
        const whole = store.get(action).fields;
        const part = store.add('action', { ...whole, title, clusters: [...clusters] });
        whole.clusters = ids(whole.clusters).filter((one) => !clusters.includes(one));
        return part;
      }),
    setReasons: async (list) => {
      store.act('decision.reasons', '', list.length, () => {
        store.entities = store.entities.filter((one) => one.fields.kind !== 'set_aside_reason');
        for (const text of list.map((one) => one.trim()).filter(Boolean)) store.add('note', { text, kind: 'set_aside_reason' });
      });
      return null;
    },
    answer: async ({ proposals, kind, action, reason, answer }) => {
      if (kind === 'set_aside' && !reason?.trim() && !answer?.trim()) throw failure('why_set_aside', 'Pour écarter, il faut une raison : ceux qui ont proposé la liront.');
      store.act('outcome.answer', store.text(proposals[0], 'text'), proposals.length, () => proposals.forEach((proposal) => store.add('outcome', { proposal, kind, action, reason, answer })));
      return null;
    },
    outcomes: async (filter) => {
      const all = store.list('proposal').map(answered);
      const rows = all.filter((one) => (!filter.open || !one.outcome) && (!filter.kind || one.outcome?.kind === filter.kind) && (!filter.workshop || one.proposal.workshop === filter.workshop) && (!filter.text || fold(one.proposal.text).includes(fold(filter.text))));
      const plan = planView(store);
      const actions = [...plan.axes.flatMap((axis) => axis.objectives.flatMap((one) => one.actions)), ...plan.loose];
      return {
        rows, matching: rows.length, total: all.length, open: all.filter((one) => !one.outcome).length, counts: kinds(all), reasons: reasons(),
        actions: actions.map((one) => ({ id: one.id, name: `${one.number} ${one.title}` })), workshops: workshops(store).filter((one) => one.proposals > 0).map((one) => followed(one.id, said(one.id))),
      };
    },
    followup: async (workshop) => {
      const rows = said(workshop);
      return { workshop: followed(workshop, rows), counts: kinds(rows), rows };
    },
    partners: async () =>
      store.list('organisation').flatMap((one): PartnerRow[] => {
        const [leads, helps] = ['leads', 'partners'].map((field) => store.list('action').filter((action) => ids(action.fields[field]).includes(one.id)));
        const mine = [...(leads ?? []), ...(helps ?? [])];
        return mine.length === 0 ? [] : [{ organisation: named(store, one.id), leads: leads?.length ?? 0, helps: helps?.length ?? 0, pending: mine.filter((action) => !agreedOn(action, one.id)).length }];
      }),
    commitments: async (organisation) => ({
      organisation: named(store, organisation),
      rows: store.list('action').filter((action) => [...ids(action.fields.leads), ...ids(action.fields.partners)].includes(organisation)).map((action, index) => ({
        action: action.id, number: num(action.fields.number)?.toString() ?? `1.1.${index + 1}`, title: name(action.fields.title), leads: ids(action.fields.leads).includes(organisation), starts_on: str(action.fields.starts_on), ends_on: str(action.fields.ends_on),
        status: str(action.fields.status), milestones: [], fundings: [], agreed_on: agreedOn(action, organisation),
      })),
    }),
    agree: async (action, organisation, on) => {
      store.act(on ? 'action.agree' : 'action.disagree', store.text(action, 'title'), 1, () => {
        const fields = store.get(action).fields;
        fields.agreed = { ...(fields.agreed as Record<string, string | null> | undefined), [organisation]: on };
      });
      return null;
    },
  };
}
