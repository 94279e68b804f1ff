//! What Animer, Voter and the projector read.
import type { Ballot, BallotRow, BallotSettings, BallotView, Board, CameFrom, RoomMethod, Outcome, ProjectorView, ProposalCard, Scene, Score, Timer } from '../bindings';
import type { Entity, Store } from './store';
import { name, named, num, preparation, str, workshopRow } from './rows';
import { support } from './said';

function card(store: Store, one: Entity): ProposalCard {
  const f = one.fields;
  const organisation = str(f.organisation);
  const finding = str(f.finding);
  return {
    id: one.id, text: name(f.text), table: num(f.table), origin: str(f.origin), card_number: num(f.card_number), support: support(store, one.id),
    came_from: store.list('link').filter((link) => link.fields.from === one.id).map((link): CameFrom => ({ how: link.fields.kind === 'split_from' ? 'split' : 'joined', id: name(link.fields.to), text: store.text(link.fields.to, 'text') })),
    organisation: organisation ? named(store, organisation, 'short_name') : null,
    finding: finding ? named(store, finding, 'number') : null, theme: str(f.theme), group: str(f.group), conflict: one.id === 'w-7-p2', noted_at: num(f.noted_at) ?? 0,
  };
}

export function board(store: Store, workshop: string): Board {
  const row = workshopRow(store, store.get(workshop));
  const all = store.list('proposal').filter((one) => one.fields.workshop === workshop);
  const cards = all.filter((one) => one.fields.parked !== true).map((one) => card(store, one));
  const parked = all.filter((one) => one.fields.parked === true).map((one) => card(store, one));
  const { findings, themes, colleges, organisations } = preparation(store);
  return {
    workshop: row,
    groups: store.list('group').filter((one) => one.fields.workshop === workshop).map((one) => ({ id: one.id, name: name(one.fields.name), conflict: false, proposals: cards.filter((proposal) => proposal.group === one.id) })),
    ungrouped: cards.filter((proposal) => !proposal.group).reverse(), parked,
    photos: store.list('attachment').filter((one) => one.fields.workshop === workshop).map((one) => ({ id: one.id, name: name(one.fields.name), description: str(one.fields.description), here: true })),
    findings: findings.filter((one) => one.theme === row.theme?.id), themes, colleges, organisations,
    ballots: store.list('ballot').filter((one) => one.fields.workshop === workshop).map((one): BallotRow => ({ id: one.id, question: name(one.fields.question), method: one.fields.method as RoomMethod, state: name(one.fields.state), bulletins: bulletins(one).length })),
  };
}

const bulletins = (one: Entity): { key: string; bulletin: Ballot }[] => (one.fields.entered ?? []) as unknown as { key: string; bulletin: Ballot }[];

const rules: Partial<Record<RoomMethod, string>> = {
  hands: 'On lève la main pour chaque option ; on compte les mains.',
  dots: 'Chacun·e dispose de 5 gommettes, 3 au plus sur une même option.',
  approval: 'Chacun·e approuve autant d’options qu’il ou elle veut.',
  'majority-judgment': 'Chacun·e donne une mention à chaque option ; la mention majoritaire l’emporte.',
};

export function ballotView(store: Store, id: string): BallotView {
  const one = store.get(id);
  const f = one.fields;
  const method = f.method as RoomMethod;
  return {
    id, workshop: str(f.workshop), question: name(f.question), method, rule: rules[method] ?? `Règle du vote « ${method} ».`, state: name(f.state), secret: f.secret === true, settings: { shuffled: false, live: false, ask_origin: false, closes_at: null, ...(f.settings as object) } as unknown as BallotSettings,
    options: store.list('option').filter((option) => option.fields.ballot === id).map((option) => ({ id: option.id, label: name(option.fields.label), about: str(option.fields.about), cost: num(option.fields.cost) })),
    present_count: num(f.present_count), grade_names: method === 'majority-judgment' ? ['À rejeter', 'Passable', 'Assez bien', 'Bien', 'Excellent'] : [],
    entered: f.state === 'open' ? bulletins(one) : [], bulletins: bulletins(one).length, outcome: (f.outcome ?? null) as unknown as Outcome | null,
    abstentions: num(f.abstentions), odd: (f.odd ?? { urns: [], refused: { late: 0, card_spent: 0, card_unknown: 0, invalid: 0 }, late_asked: false, questions: 0 }) as unknown as BallotView['odd'], rounds: rounds(store, id), next_duel: null, others: f.outcome && method === 'majority-judgment' ? ['score', 'schulze', 'borda'] : [],
  };
}

function rounds(store: Store, id: string): BallotView['rounds'] {
  const before = str(store.get(id).fields.round_of);
  const after = store.list('ballot').filter((one) => one.fields.round_of === id);
  const one = (entity: Entity) => ({ id: entity.id, state: name(entity.fields.state) });
  return [...(before ? [one(store.get(before))] : []), one(store.get(id)), ...after.map(one)];
}

/** A count good enough to look at: the real rules live in Rust. */
export function count(view: BallotView): Outcome {
  const total: Record<string, number> = {};
  const scores: Record<string, Score> = {};
  const weights = view.entered.map(({ bulletin }) => bulletin.weight ?? 1);
  for (const option of view.options) {
    const per = (give: (bulletin: Ballot) => number) => view.entered.reduce((sum, { bulletin }, index) => sum + give(bulletin) * (weights[index] ?? 1), 0);
    if (view.method === 'dots') {
      const points = per((bulletin) => bulletin.points?.[option.id] ?? 0);
      scores[option.id] = { points, supporters: per((bulletin) => (bulletin.points?.[option.id] ? 1 : 0)) };
      total[option.id] = points;
    } else if (view.method === 'majority-judgment') {
      const profile = view.grade_names.map((_, grade) => per((bulletin) => ((bulletin.grades?.[option.id] ?? 0) === grade ? 1 : 0)));
      const half = profile.reduce((sum, n) => sum + n, 0) / 2;
      let seen = 0;
      const median = Math.max(0, profile.findIndex((n) => (seen += n) >= half));
      scores[option.id] = { median, profile };
      total[option.id] = median;
    } else {
      const votes = per((bulletin) => bulletin.counts?.[option.id] ?? (bulletin.approve?.includes(option.id) ? 1 : 0));
      scores[option.id] = { votes, per_mille: view.present_count ? Math.round((votes * 1000) / view.present_count) : null };
      total[option.id] = votes;
    }
  }
  const ranking = view.options.map((one) => one.id).sort((a, b) => (total[b] ?? 0) - (total[a] ?? 0)).map((one) => [one]);
  const method = view.method === 'unknown' ? 'dots' : view.method;
  return { method, ranking, winners: ranking[0] ?? [], scores, explanation: [{ step: 'totals', totals: ranking.map(([one = '']) => [one, total[one] ?? 0]) }], ballots: weights.reduce((sum, n) => sum + n, 0), invalid: 0, invalid_reasons: [], by_channel: { keyboard: weights.length } };
}

export interface Wall {
  scene: Scene;
  /** Whether the screen is black meanwhile. */
  dark: boolean;
  /** While frozen, what it showed then. */
  held: ProjectorView | null;
  timer: Timer;
}

/** A scene of the sample's atelier under way; `result` is that of a closed vote. */
export function sceneNamed(name: string): Scene {
  if (name === 'ballot' || name === 'result') return { show: 'ballot', ballot: name === 'ballot' ? 'v-1' : 'v-2' };
  if (name === 'group') return { show: 'group', group: 'g-covoit' };
  if (name === 'board' || name === 'question' || name === 'agenda' || name === 'timer' || name === 'join') return { show: name, workshop: 'w-7' };
  return { show: 'black' };
}

export function projectorView(store: Store, wall: Wall): ProjectorView {
  const scene: Scene = wall.dark ? { show: 'black' } : wall.scene;
  if (wall.held && !wall.dark) return { ...wall.held, frozen: true, timer: wall.timer };
  const shown: ProjectorView = { scene, frozen: false, rehearsal: false, timer: wall.timer, title: '', question: '', groups: [], silent: null, steps: [], ballot: null, join: null };
  if (scene.show === 'ballot') {
    const ballot = { ...ballotView(store, scene.ballot), entered: [] };
    return { ...shown, question: ballot.question, ballot };
  }
  if (scene.show === 'black') return shown;
  if (scene.show === 'join') return { ...shown, title: board(store, scene.workshop).workshop.title };
  const { workshop, groups, ungrouped } = board(store, scene.show === 'group' ? name(store.get(scene.group).fields.workshop) : scene.workshop);
  const words = (cards: ProposalCard[]) => cards.map((one) => ({ text: one.text, support: one.support }));
  const walls = groups.filter((group) => scene.show !== 'group' || group.id === scene.group).map((group) => ({ name: group.name, proposals: words(group.proposals) }));
  return {
    ...shown, title: [workshop.title, ...workshop.territories.map((one) => one.name)].join(' · '), question: workshop.question ?? '',
    groups: scene.show === 'board' ? [...walls, { name: null, proposals: words(ungrouped) }] : scene.show === 'group' ? walls : [],
    steps: scene.show === 'agenda' ? workshop.steps.map(({ title, minutes, started_at, ended_at }) => ({ title, minutes, started_at, ended_at })) : [],
  };
}
