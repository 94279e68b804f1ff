//! A closed vote of any method on so many options, so that every picture of a result can be looked at: `?mur=schulze-6#projector`
//! for the wall, `#voter/v-schulze-6` for the page. Made of the same thirty-one people each time; the real rules live in Rust.
import type { Outcome, RoomMethod, Score } from '../bindings';
import type { Store } from './store';

const LABELS = [
  'Une ligne de covoiturage entre Ornans et Besançon aux horaires d’équipe', 'Passer le permis', 'Garage solidaire à Valdahon un jour par semaine',
  'Horaires de bus calés sur les prises de poste', 'Un numéro d’appel unique pour ceux qui n’ont pas de smartphone', 'Code de la route avec un interprète',
  'Vélos électriques en prêt long à la gare de Besançon-Viotte', 'Auto-école solidaire itinérante dans le Haut-Doubs', 'Avance du permis remboursée sur les six premiers salaires',
  'Indemniser le conducteur pendant la période d’essai', 'Dire aux conseillers ce qui existe déjà, commune par commune', 'Prêt de scooters et mobylettes aux jeunes le temps du permis',
  'Partager les trajets entre salariés d’une même zone d’activité', 'Un véhicule adapté pour les personnes en fauteuil qui cherchent un emploi', 'Aide au permis pour les bénéficiaires du RSA',
];
const SHORT = 'Que faut-il mettre en route avant la fin de l’année ?';
const LONG = 'Que faudrait-il pour que personne ne renonce à un emploi faute de transport, là où le bus ne va pas ?';
const PEOPLE = 31;
/** Grades of the fake's majority judgement. */
const GRADES = 5;

/** Between 0 and 1, always the same for the same pair. */
const chance = (one: number, other: number): number => {
  const wave = Math.sin(one * 127.1 + other * 311.7) * 43_758.545;
  return wave - Math.floor(wave);
};
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const quartile = (values: readonly number[], at: number): number => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * at)] ?? 0;
const round = (value: number): number => Math.round(value * 100) / 100;

interface Counted {
  scores: Score[];
  /** What options are ranked by, the most first. */
  order: number[];
  explanation: Outcome['explanation'];
  winners?: string[];
}

function counted(method: RoomMethod, ids: readonly string[]): Counted {
  /** How much each person likes each option, 0 to 1: the first options a little more. */
  const likes = Array.from({ length: PEOPLE }, (_, person) => ids.map((_id, at) => Math.max(0, Math.min(0.999, 0.75 * chance(person + 1, at + 1) + 0.25 * chance(at + 1, 7)))));
  const per = (give: (like: number, person: number) => number): number[] => ids.map((_, at) => sum(likes.map((one, person) => give(one[at] ?? 0, person))));
  const plain = (votes: number[]): Counted => ({ scores: votes.map((n) => ({ votes: n, per_mille: Math.round((n * 1000) / PEOPLE) })), order: votes, explanation: [{ step: 'totals', totals: ids.map((id, at) => [id, votes[at] ?? 0]) }] });
  const margins = ids.map((_, a) => ids.map((_other, b) => sum(likes.map((one) => Math.sign((one[a] ?? 0) - (one[b] ?? 0))))));
  const won = margins.map((row) => row.filter((margin) => margin > 0).length);
  const lost = margins.map((row) => row.filter((margin) => margin < 0).length);

  switch (method) {
    case 'dots': {
      const points = per((like) => (like > 0.7 ? 3 : like > 0.5 ? 1 : 0));
      const supporters = per((like) => (like > 0.5 ? 1 : 0));
      return { scores: points.map((n, at) => ({ points: n, supporters: supporters[at] ?? 0 })), order: points, explanation: [] };
    }
    case 'majority-judgment': {
      const profiles = ids.map((_, at) => Array.from({ length: GRADES }, (_grade, grade) => likes.filter((one) => Math.floor((one[at] ?? 0) * GRADES) === grade).length));
      const medians = ids.map((_, at) => Math.floor(quartile(likes.map((one) => one[at] ?? 0), 0.5) * GRADES));
      return { scores: profiles.map((profile, at) => ({ profile, median: medians[at] ?? 0 })), order: medians.map((median, at) => median + sum(likes.map((one) => one[at] ?? 0)) / PEOPLE), explanation: [] };
    }
    case 'score': {
      const notes = ids.map((_, at) => likes.map((one) => Math.floor((one[at] ?? 0) * 6)));
      const means = notes.map((list) => round(sum(list) / PEOPLE));
      return { scores: notes.map((list, at) => ({ mean: means[at] ?? 0, median: quartile(list, 0.5), quartiles: [quartile(list, 0.25), quartile(list, 0.75)], answers: PEOPLE - at, histogram: [] })), order: means, explanation: [] };
    }
    case 'pairwise': {
      const strengths = won.map((n, at) => round((n + 1) / ((lost[at] ?? 0) + 1)));
      return { scores: strengths.map((strength, at) => ({ strength, interval: [round(strength * 0.6), round(strength * 1.7)], won: won[at] ?? 0, lost: lost[at] ?? 0 })), order: strengths, explanation: [{ step: 'fitted', prior: 1, rounds: 12 }] };
    }
    case 'borda': case 'copeland': case 'ranked-pairs': case 'schulze': {
      const values = method === 'borda' ? margins.map(sum) : method === 'copeland' ? won.map((n, at) => n - (lost[at] ?? 0)) : won;
      return { scores: values.map((value) => ({ value })), order: values, explanation: [{ step: 'duels', options: [...ids], margins }] };
    }
    case 'irv': case 'stv': return rounds(method, ids, likes);
    case 'impact-effort': {
      const place = (salt: number) => ids.map((_, at) => 1 + Math.round(chance(at + 1, salt) * 16) / 4);
      const [impact, effort] = [place(3), place(11)];
      const quadrant = (at: number) => ((impact[at] ?? 0) > 3 ? ((effort[at] ?? 0) > 3 ? 'major_project' : 'quick_win') : (effort[at] ?? 0) > 3 ? 'thankless' : 'fill_in');
      return { scores: ids.map((_, at) => ({ impact: impact[at] ?? 0, effort: effort[at] ?? 0, impact_quartiles: [1, 5], effort_quartiles: [1, 5], answers: PEOPLE, quadrant: quadrant(at) })), order: impact.map((value, at) => value - (effort[at] ?? 0)), explanation: [{ step: 'quadrants', middle: 3 }] };
    }
    case 'budget': {
      const supporters = per((like) => (like > 0.5 ? 1 : 0));
      const costs = ids.map((_, at) => 500 * (1 + Math.floor(chance(at + 1, 5) * 9)));
      let left = BUDGET;
      const best = ids.map((_, at) => at).sort((a, b) => (supporters[b] ?? 0) - (supporters[a] ?? 0));
      const winners = best.flatMap((at) => ((costs[at] ?? 0) <= left ? ((left -= costs[at] ?? 0), [ids[at] ?? '']) : []));
      return { scores: costs.map((cost, at) => ({ cost, supporters: supporters[at] ?? 0 })), order: supporters.map((n, at) => n + (winners.includes(ids[at] ?? '') ? 100 : 0)), explanation: [], winners };
    }
    case 'consent': {
      const object = ids.map((_, at) => (at % 3 === 1 ? 1 + (at % 2) : 0));
      const aside = per((like) => (like < 0.2 ? 1 : 0));
      const winners = ids.filter((_, at) => object[at] === 0);
      return {
        scores: ids.map((_, at) => ({ consent: PEOPLE - (aside[at] ?? 0) - (object[at] ?? 0), stand_aside: aside[at] ?? 0, object: object[at] ?? 0 })), order: ids.map((_, at) => -(object[at] ?? 0) * 100 - (aside[at] ?? 0)), winners,
        explanation: ids.flatMap((option, at) => ((object[at] ?? 0) > 0 ? [{ step: 'objection' as const, option, count: object[at] ?? 0, reasons: ['Le dernier bus part avant la fin du poste'] }] : [])),
      };
    }
    case 'consensus': {
      const groups = (at: number) => [0, 1].map((group) => {
        const votes = likes.filter((_, person) => person % 2 === group).map((one, person) => (one[at] ?? 0) + (group === 1 ? 0.5 * (chance(at + 1, 17) - 0.3) : 0) - 0.02 * person);
        return { group: group === 0 ? 'A' : 'B', agree: votes.filter((v) => v > 0.35).length, disagree: votes.filter((v) => v < 0.2).length, pass: votes.filter((v) => v >= 0.2 && v <= 0.35).length };
      });
      const agreed = ids.map((_, at) => groups(at).reduce((product, { agree, disagree, pass }) => (product * (agree + 1)) / (agree + disagree + pass + 2), 1));
      return { scores: ids.map((_, at) => ({ group_informed_consensus: round(agreed[at] ?? 0), groups: groups(at) })), order: agreed, explanation: [{ step: 'groups', sizes: [['A', 16], ['B', 15]] }] };
    }
    default: return plain(per((like) => (like > 0.5 ? 1 : 0)));
  }
}

const BUDGET = 10_000;

/** Rounds in which the last one goes out, until one has more than half; several seats have a quota. */
function rounds(method: RoomMethod, ids: readonly string[], likes: readonly number[][]): Counted {
  const still = new Set(ids.keys());
  const seats = method === 'stv' ? Math.min(2, ids.length - 1) : 1;
  const quota = Math.floor(PEOPLE / (seats + 1)) + 1;
  const order = ids.map(() => 0);
  const elected: number[] = [];
  const explanation: Outcome['explanation'] = method === 'stv' ? [{ step: 'quota', votes: quota }] : [];
  for (let turn = 0; still.size > 0 && elected.length < seats; turn += 1) {
    const votes = new Map([...still].map((at) => [at, 0]));
    // Whoever liked nothing that is left is exhausted.
    const choices = likes.map((one) => [...still].sort((a, b) => (one[b] ?? 0) - (one[a] ?? 0))[0]).map((at, person) => (turn > 1 && person % 9 === 0 ? undefined : at));
    for (const at of choices) if (at !== undefined) votes.set(at, (votes.get(at) ?? 0) + (method === 'stv' && turn > 0 ? 0.75 : 1));
    const sorted = [...votes].sort((a, b) => b[1] - a[1]);
    const first = sorted[0]?.[0] ?? 0;
    const wins = (sorted[0]?.[1] ?? 0) >= quota || still.size <= seats - elected.length;
    const gone = wins ? first : (sorted.at(-1)?.[0] ?? 0);
    explanation.push({ step: 'round', votes: [...votes].map(([at, n]) => [ids[at] ?? '', n]), elected: wins ? [ids[first] ?? ''] : [], eliminated: wins ? [] : [ids[gone] ?? ''], exhausted: choices.filter((at) => at === undefined).length });
    still.delete(gone);
    order[gone] = wins ? 1000 - turn : turn + 1;
    if (wins) elected.push(first);
  }
  for (const at of still) order[at] = 500 + at;
  return { scores: order.map((value) => ({ value })), order, explanation, winners: elected.map((at) => ids[at] ?? '') };
}

/** The id of such a vote, as `v-schulze-6`; put into the store the first time it is asked for. Nothing where it names none. */
export function sampleResult(store: Store, id: string): string | null {
  const parts = /^v-(?<method>[a-z]+(?:-[a-z]+)*)-(?<many>\d+)$/.exec(id)?.groups;
  if (!parts) return null;
  if (store.entities.some((one) => one.id === id)) return id;
  const method = parts.method as RoomMethod;
  const labels = LABELS.slice(0, Number(parts.many));
  const ids = labels.map((_, at) => `${id}-${at + 1}`);
  const { scores, order, explanation, winners } = counted(method, ids);
  const places = ids.map((_, at) => at).sort((a, b) => (order[b] ?? 0) - (order[a] ?? 0));
  // What counts the same has one rank.
  const ranking: string[][] = [];
  places.forEach((at, place) => {
    const before = places[place - 1];
    if (before !== undefined && order[before] === order[at]) ranking.at(-1)?.push(ids[at] ?? '');
    else ranking.push([ids[at] ?? '']);
  });
  const outcome: Outcome = {
    method: method === 'unknown' ? 'dots' : method, ranking, winners: winners ?? ranking[0] ?? [], scores: Object.fromEntries(ids.map((one, at) => [one, scores[at] as Score])), explanation,
    ballots: PEOPLE, invalid: 0, invalid_reasons: [], by_channel: method === 'hands' ? {} : { phone: 24, paper: 7 },
  };
  const settings = { points: 5, max_per_option: 3, grades: GRADES, max_choices: null, min: method === 'impact-effort' ? 1 : 0, max: 5, seats: 2, rule: null, budget: BUDGET, quorum: null };
  store.add('ballot', { workshop: 'w-3', question: labels.length % 2 === 0 ? LONG : SHORT, method, state: 'closed', secret: true, settings, present_count: PEOPLE, entered: [], outcome: outcome as never }, id);
  labels.forEach((label, at) => store.add('option', { ballot: id, label, about: null, cost: null }, ids[at]));
  return id;
}
