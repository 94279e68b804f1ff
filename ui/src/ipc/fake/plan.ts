//! What Consolider and Plan read.
import type { ActionRow, ActionView, Check, ClusterRow, Consolidation, Gap, Named, PlanChecks, PlanLock, PlanView, ProposalFilter, SourceProposal } from '../bindings';
import type { Entity, Store } from './store';
import { ids, name, named, num, preparation, str, themeRef, themeRows, workshops } from './rows';

export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export function sourceProposal(store: Store, one: Entity): SourceProposal {
  const workshop = store.get(name(one.fields.workshop));
  const [territory] = ids(workshop.fields.territories);
  const group = str(one.fields.group);
  const cluster = str(one.fields.cluster);
  const votes = group === 'g-permis-po' ? ['74 gommettes, 23 appuis sur 28 présents'] : [];
  return {
    id: one.id, text: name(one.fields.text), workshop: workshop.id, workshop_number: num(workshop.fields.number), workshop_title: name(workshop.fields.title),
    territory: territory ? named(store, territory) : null, theme: themeRef(store, one.fields.theme ?? workshop.fields.theme), group: group ? named(store, group) : null,
    organisation: str(store.text(one.fields.organisation, 'short_name')), table: num(one.fields.table), cluster: cluster ? named(store, cluster) : null, votes,
  };
}

const allSources = (store: Store): SourceProposal[] => store.list('proposal').map((one) => sourceProposal(store, one));

export function clusterRow(store: Store, one: Entity): ClusterRow {
  const mine = allSources(store).filter((source) => source.cluster?.id === one.id);
  const action = store.list('action').find((candidate) => ids(candidate.fields.clusters).includes(one.id));
  const territories = new Map<string, Named>();
  for (const source of mine) if (source.territory) territories.set(source.territory.id, source.territory);
  return {
    id: one.id, name: name(one.fields.name), theme: themeRef(store, one.fields.theme), note: str(one.fields.note), proposals: mine.length,
    workshops: [...new Set(mine.flatMap((source) => source.workshop_number ?? []))], territories: [...territories.values()],
    action: action ? { id: action.id, name: name(action.fields.title) } : null, conflict: false,
  };
}

export function consolidation(store: Store, filter: ProposalFilter): Consolidation {
  const all = allSources(store);
  const kept = all.filter(
    (one) =>
      (!filter.theme || one.theme?.id === filter.theme) && (!filter.territory || one.territory?.id === filter.territory) && (!filter.workshop || one.workshop === filter.workshop) &&
      (!filter.cluster || one.cluster?.id === filter.cluster) && (!filter.untreated || !one.cluster) && (!filter.news || all.indexOf(one) >= (filter.since ?? 0)) && (!filter.text || fold(one.text).includes(fold(filter.text))),
  );
  const territories = store.list('territory').map((one) => named(store, one.id));
  const rows = workshops(store);
  const cells = store.list('theme').flatMap((theme) =>
    territories.map((territory) => {
      const mine = all.filter((one) => one.theme?.id === theme.id && one.territory?.id === territory.id);
      const held = rows.filter((one) => one.theme?.id === theme.id && one.territories.some((at) => at.id === territory.id));
      return { theme: theme.id, territory: territory.id, workshops: held.length, proposals: mine.length, clustered: mine.filter((one) => one.cluster).length, said_again: mine.filter((one) => store.list('support').some((support) => support.fields.proposal === one.id)).length, agreement: held.length > 0 && mine.length > 3 ? 72 : null };
    }),
  );
  return {
    themes: themeRows(store), territories, cells, clusters: store.list('cluster').map((one) => clusterRow(store, one)), proposals: kept.slice(0, 200),
    matching: kept.length, total: all.length, untreated: all.filter((one) => !one.cluster).length, news: filter.since == null ? 0 : all.slice(filter.since).length, mark: all.length, process: 'process',
  };
}

function gaps(store: Store, one: Entity, sources: number): Gap[] {
  const f = one.fields;
  const has = (kind: string) => store.list(kind).some((part) => part.fields.action === one.id);
  const found: [Gap, boolean][] = [
    ['objective', !f.objective], ['description', !f.description], ['lead', ids(f.leads).length === 0], ['dates', !f.starts_on || !f.ends_on],
    ['dates_order', Boolean(f.starts_on && f.ends_on && f.starts_on > f.ends_on)], ['milestones', !has('milestone')], ['indicators', !has('indicator')], ['funding', !has('funding')], ['sources', sources === 0],
  ];
  return found.filter(([, missing]) => missing).map(([gap]) => gap);
}

function actionRow(store: Store, one: Entity, number: string): ActionRow {
  const sources = allSources(store).filter((source) => source.cluster && ids(one.fields.clusters).includes(source.cluster.id)).length;
  return {
    id: one.id, number, title: name(one.fields.title), leads: ids(one.fields.leads).map((id) => named(store, id)), starts_on: str(one.fields.starts_on), ends_on: str(one.fields.ends_on),
    status: str(one.fields.status), priority: num(one.fields.priority), sources, gaps: gaps(store, one, sources), conflict: false,
  };
}

/** The version in force, as the fake's acts left it; the fake refuses nothing. */
function lock(store: Store): PlanLock | null {
  const version = store.list('plan_version').at(-1);
  if (!version) return null;
  const open = store.list('note').filter((one) => one.fields.kind === 'amendment' && one.fields.about === version.id);
  return { version: name(version.fields.label), adopted_on: str(version.fields.adopted_on), locked: open.length === 0, amendments: open.map((one) => name(one.fields.text)) };
}

export function planView(store: Store): PlanView {
  const actions = (objective: string | null, prefix: string) =>
    store.list('action').filter((one) => (str(one.fields.objective) ?? null) === objective).map((one, index) => actionRow(store, one, `${prefix}${index + 1}`));
  const axes = store.list('axis').map((axis, a) => ({
    id: axis.id, number: `${a + 1}`, title: name(axis.fields.title), description: str(axis.fields.description),
    objectives: store.list('objective').filter((one) => one.fields.parent === axis.id).map((objective, o) => ({
      id: objective.id, number: `${a + 1}.${o + 1}`, title: name(objective.fields.title), description: str(objective.fields.description), actions: actions(objective.id, `${a + 1}.${o + 1}.`),
    })),
  }));
  const loose = actions(null, '');
  const every = [...axes.flatMap((axis) => axis.objectives.flatMap((objective) => objective.actions)), ...loose];
  const clusters = store.list('cluster').map((one) => clusterRow(store, one));
  const answered = new Set(clusters.filter((one) => one.action).map((one) => one.id));
  return {
    title: store.text('process', 'plan_title'), axes, loose, clusters: clusters.filter((one) => !one.action), gaps: every.filter((one) => one.gaps.length > 0).length,
    unanswered: allSources(store).filter((one) => !one.cluster || !answered.has(one.cluster.id)).length, lock: lock(store),
  };
}

export function actionView(store: Store, id: string): ActionView {
  const one = store.get(id);
  const f = one.fields;
  const plan = planView(store);
  const every = [...plan.axes.flatMap((axis) => axis.objectives.flatMap((objective) => objective.actions)), ...plan.loose];
  const row = every.find((action) => action.id === id) ?? actionRow(store, one, '');
  const parts = (kind: string) => store.list(kind).filter((part) => part.fields.action === id);
  const many = (field: string, called = 'name') => ids(f[field]).map((other) => named(store, other, called));
  const { organisations, themes, territories, findings } = preparation(store);
  return {
    row, objective: str(f.objective), reasons: str(f.reasons), description: str(f.description), audience: str(f.audience), means: str(f.means), conditions: str(f.conditions), risks: str(f.risks),
    governance: str(f.governance), user_involvement: str(f.user_involvement), partners: many('partners'), themes: many('themes'), territories: many('territories'), findings: many('findings', 'text'), clusters: many('clusters'), preceding: many('precedings', 'title'), related: many('relateds', 'title'),
    milestones: parts('milestone').map((part) => ({ id: part.id, what: name(part.fields.what), who: str(part.fields.who), due_on: str(part.fields.due_on), done_on: str(part.fields.done_on) })),
    fundings: parts('funding').map((part) => ({ id: part.id, funder: name(part.fields.funder), year: num(part.fields.year), kind: str(part.fields.kind), planned: num(part.fields.planned) })),
    indicators: parts('indicator').map((part) => ({ id: part.id, name: name(part.fields.name), kind: str(part.fields.kind), unit: str(part.fields.unit), baseline: str(part.fields.baseline), target: str(part.fields.target), source: str(part.fields.source), frequency: str(part.fields.frequency) })),
    comments: store.list('note').filter((note) => note.fields.about === id && note.fields.kind === 'comment').map((note) => ({ id: note.id, text: name(note.fields.text), done: note.fields.done === true, at: Date.now() })),
    sources: allSources(store).filter((source) => source.cluster && ids(f.clusters).includes(source.cluster.id)),
    choices: { actions: every.filter((action) => action.id !== id).map((action) => ({ id: action.id, name: `${action.number} ${action.title}` })), organisations, themes, territories, findings, objectives: plan.axes.flatMap((axis) => axis.objectives.map((objective) => ({ id: objective.id, name: `${objective.number} ${objective.title}` }))) },
  };
}

const GAPS: Record<Gap, string> = { objective: 'sans objectif', description: 'sans description', lead: 'sans pilote', dates: 'sans échéance', dates_order: 'finit avant de commencer', milestones: 'sans étape', indicators: 'sans indicateur', indicator_target: 'un indicateur sans unité ou sans cible', funding: 'sans financement', sources: 'sans proposition à la source' };

export function planChecks(store: Store): PlanChecks {
  const plan = planView(store);
  const actions = [...plan.axes.flatMap((axis) => axis.objectives.flatMap((objective) => objective.actions)), ...plan.loose];
  const found = actions.flatMap((row) => row.gaps.map((gap): Check => ({ gravity: gap === 'dates_order' ? 'wrong' : 'missing', action: { id: row.id, number: row.number, title: row.title }, found: { check: 'gap', gap }, words: GAPS[gap] })));
  const unanswered: Check[] = plan.unanswered > 0 ? [{ gravity: 'missing', action: null, found: { check: 'unanswered', count: plan.unanswered }, words: `${plan.unanswered} propositions sans réponse` }] : [];
  const order = { wrong: 0, missing: 1, look: 2 };
  return { checks: [...found, ...unanswered].sort((a, b) => order[a.gravity] - order[b.gravity]), actions: actions.length, complete: actions.filter((row) => row.gaps.length === 0).length };
}
