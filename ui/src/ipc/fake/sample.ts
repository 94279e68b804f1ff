//! A small démarche in the image of the real case: the SPIE of the Doubs.
import { stepFields } from './library';
import { Store } from './store';

/** A day some days from today. */
export function day(offset: number): string {
  const date = new Date();
  date.setDate(date.getDate() + offset);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export const themeNames = ['Coordination et parcours', 'Mobilité', 'Garde d’enfants', 'Logement', 'Santé', 'Numérique et langue', 'Emploi et entreprises'];

const steps: [string, number, string][] = [
  ['Accueil et tour de table', 10, 'icebreaker'],
  ['Constats du diagnostic', 15, 'findings'],
  ['Propositions par table', 40, 'brainstorming'],
  ['Regroupement', 20, 'grouping'],
  ['Vote : 5 gommettes', 15, 'dot-vote'],
  ['Première fiche-action', 20, 'action-sheet'],
  ['Ce que nous retenons', 5, 'closing-round'],
];

const organisations: [string, string, number][] = [
  ['Département du Doubs', 'CD25', 0],
  ['Direction départementale de l’emploi', 'DDETSPP', 0],
  ['Pôle emploi', 'PE', 1],
  ['Mission locale du Haut-Doubs', 'ML', 1],
  ['CCAS de Besançon', 'CCAS', 0],
  ['Association Julienne Javel', 'AJJ', 2],
  ['Structure d’insertion Haut-Doubs', 'SIAE', 2],
  ['Groupement d’employeurs', 'GE', 3],
  ['Allocataires du RSA', 'RSA', 4],
];

interface Sample {
  text: string;
  table?: number;
  from?: number;
  group?: string;
  finding?: string;
}

const mobilityHere: Sample[] = [
  { text: 'Une ligne de covoiturage entre Ornans et Besançon aux horaires d’équipe', table: 1, from: 6, group: 'g-covoit' },
  { text: 'Partager les trajets entre salariés d’une même zone d’activité', table: 4, from: 7, group: 'g-covoit', finding: 'f-2' },
  { text: 'Un numéro d’appel unique pour ceux qui n’ont pas de smartphone', table: 2, from: 4, group: 'g-covoit' },
  { text: 'Indemniser le conducteur pendant la période d’essai', table: 4, from: 3, group: 'g-covoit' },
  { text: 'Avance du permis remboursée sur les six premiers salaires', table: 3, from: 0, group: 'g-permis', finding: 'f-1' },
  { text: 'Code de la route avec un interprète', table: 1, from: 5, group: 'g-permis' },
  { text: 'Auto-école solidaire itinérante dans le Haut-Doubs', group: 'g-permis' },
  { text: 'Garage solidaire à Valdahon un jour par semaine', table: 2 },
  { text: 'Vélos électriques en prêt long à la gare de Besançon-Viotte' },
  { text: 'Horaires de bus calés sur les prises de poste', table: 5, from: 7 },
  { text: 'Dire aux conseillers ce qui existe déjà, commune par commune', table: 1, from: 2 },
];

const mobilityThere: Sample[] = [
  { text: 'Prêt de scooters et mobylettes aux jeunes le temps du permis', table: 2, from: 6, group: 'g-deux-roues' },
  { text: 'Aide au permis pour les bénéficiaires du RSA', table: 1, from: 0, group: 'g-permis-po' },
  { text: 'Un véhicule adapté pour les personnes en fauteuil qui cherchent un emploi', table: 3, from: 4 },
  { text: 'Horaires de bus calés sur les prises de poste de l’usine', table: 4, from: 7, group: 'g-deux-roues' },
];

const health: Sample[] = [
  { text: 'Un bilan de santé proposé dès l’entrée dans le parcours', table: 1, from: 4 },
  { text: 'Former les conseillers à parler de santé sans juger', table: 2, from: 3 },
  { text: 'Une psychologue une matinée par semaine à la mission locale', table: 3, from: 3 },
];

function proposals(store: Store, workshop: string, list: Sample[]): void {
  list.forEach((one, index) => {
    store.add(
      'proposal',
      {
        workshop,
        text: one.text,
        table: one.table ?? null,
        organisation: one.from === undefined ? null : `o-${one.from + 1}`,
        group: one.group ?? null,
        finding: one.finding ?? null,
        origin: one.table ? 'keyboard' : 'phone',
        noted_at: Date.now() - (list.length - index) * 90_000,
      },
      `${workshop}-p${index + 1}`,
    );
  });
}

/** Fills a store with the sample. */
export function fill(store: Store): void {
  store.add('process', {
    title: 'SPIE du Doubs',
    organisation: 'Département du Doubs',
    funding_reference: '202105412',
    funding_statement: 'Financé par le Fonds social européen dans le cadre de la réponse de l’Union à la pandémie de COVID-19',
    started_on: day(-120),
    presented_on: day(84),
    plan_title: 'Plan d’actions du SPIE',
  }, 'process');
  ['Pontarlier', 'Besançon', 'Montbéliard'].forEach((name, index) => store.add('territory', { name }, `b-${index + 1}`));
  themeNames.forEach((name, index) => store.add('theme', { name, short_name: name, colour: String(index + 1), description: null }, `t-${index + 1}`));
  ['Institutions', 'Emploi et formation', 'Associations et insertion', 'Employeurs', 'Personnes concernées'].forEach((name, index) => store.add('college', { name }, `c-${index + 1}`));
  organisations.forEach(([name, short_name, college], index) => store.add('organisation', { name, short_name, college: `c-${college + 1}` }, `o-${index + 1}`));
  const findings: [string, string, string, string][] = [
    ['2.1', '41 % des allocataires du RSA du Haut-Doubs n’ont pas le permis', '41 %', 't-2'],
    ['2.4', 'Un tiers des communes est à plus de trente kilomètres d’une auto-école', '1 sur 3', 't-2'],
    ['5.1', 'Un allocataire sur quatre renonce à des soins', '25 %', 't-5'],
    ['3.2', 'Deux places de garde pour dix enfants de moins de trois ans', '2 sur 10', 't-3'],
  ];
  findings.forEach(([number, text, figure, theme], index) => store.add('finding', { number, text, figure, theme, source: 'Diagnostic 2021', territories: index === 0 ? ['b-1'] : [] }, `f-${index + 1}`));
  ['Hêtre', 'Sapin', 'Épicéa', 'Tilleul'].forEach((code, index) => store.add('participant', { code, organisation: `o-${index + 3}`, role: index === 0 ? 'rapporteur' : 'member' }, `p-${index + 1}`));

  // The atelier under way began on time, whatever the hour.
  const clock = (at: number) => new Date(at).toTimeString().slice(0, 5);
  const workshops: [string, number, number, number, number, string, string | null][] = [
    // id, number, theme, bassin, day, state, minutes
    ['w-1', 1, 1, 1, -9, 'closed', 'sent'],
    ['w-3', 3, 2, 1, -7, 'closed', 'draft'],
    ['w-5', 5, 5, 2, -2, 'closed', null],
    ['w-7', 7, 2, 2, 0, 'running', null],
    ['w-9', 9, 7, 3, 5, 'planned', null],
    ['w-10', 10, 3, 2, 7, 'planned', null],
  ];
  for (const [id, number, theme, bassin, offset, state, minutes] of workshops) {
    store.add('workshop', {
      number, title: themeNames[theme - 1] ?? '', theme: `t-${theme}`, territories: [`b-${bassin}`], date: day(offset), starts_at: id === 'w-7' ? clock(Date.now() - 3 * 1_500_000) : '14:00', ends_at: '16:05',
      place: id === 'w-7' ? 'salle des Hauts du Chazal' : 'salle polyvalente', state, minutes_state: minutes, present_count: state === 'planned' ? null : 31,
      question: theme === 2 ? 'Que faudrait-il pour que personne ne renonce à un emploi faute de transport ?' : null, aims: null,
    }, id);
    if (id === 'w-9') continue;
    steps.forEach(([title, minutesLong, method], index) => {
      const started = id === 'w-7' ? index <= 2 : state === 'closed';
      store.add('step', { ...stepFields(method, null, null), workshop: id, title, minutes: minutesLong, method, started_at: started ? Date.now() - (3 - index) * 1_500_000 : null, ended_at: (id === 'w-7' ? index < 2 : state === 'closed') ? Date.now() - (2 - index) * 1_500_000 : null }, `${id}-s${index + 1}`);
    });
  }
  store.add('group', { workshop: 'w-7', name: 'Covoiturage' }, 'g-covoit');
  store.add('group', { workshop: 'w-7', name: 'Passer le permis' }, 'g-permis');
  store.add('group', { workshop: 'w-3', name: 'Deux-roues et bus' }, 'g-deux-roues');
  store.add('group', { workshop: 'w-3', name: 'Aides au permis' }, 'g-permis-po');
  proposals(store, 'w-7', mobilityHere);
  proposals(store, 'w-3', mobilityThere);
  proposals(store, 'w-5', health);
  const notes: [string, string, string][] = [
    ['w-3', 'decision_taken', 'Le prêt de scooters est étudié avec la mission locale.'],
    ['w-3', 'next_step', 'Demander à la Région les horaires d’équipe (Département, 1er juillet)'],
    ['w-7', 'next_step', 'Envoyer la liste des covoiturages existants (CCAS, vendredi)'],
  ];
  notes.forEach(([about, kind, text]) => store.add('note', { about, kind, text, done: false }));
  fillVotes(store);
  fillPlan(store);
}

function fillVotes(store: Store): void {
  const options = (ballot: string, labels: string[]) => labels.forEach((label, index) => store.add('option', { ballot, label, about: null }, `${ballot}-${index + 1}`));
  store.add('ballot', { workshop: 'w-7', question: 'Que faut-il mettre en route avant la fin de l’année ?', method: 'majority-judgment', state: 'open', secret: true, settings: { points: null, max_per_option: null, grades: 5, max_choices: null }, present_count: 31, entered: [], outcome: null }, 'v-1');
  options('v-1', ['Covoiturage', 'Passer le permis', 'Garage solidaire à Valdahon']);
  store.add('ballot', {
    workshop: 'w-3', question: 'Où mettez-vous vos gommettes ?', method: 'dots', state: 'closed', odd: { urns: [{ id: 'u-2', laptop: 'Portable du bassin', bulletins: 12 }], refused: { late: 2, card_spent: 1, card_unknown: 0, invalid: 0 }, late_asked: true, questions: 2 }, secret: true, settings: { points: 5, max_per_option: 3, grades: null, max_choices: null }, present_count: 28, entered: [],
    outcome: { method: 'dots', ranking: [['v-2-2'], ['v-2-1']], winners: ['v-2-2'], scores: { 'v-2-1': { points: 61, supporters: 19 }, 'v-2-2': { points: 74, supporters: 23 } }, explanation: [{ step: 'totals', totals: [['v-2-2', 74], ['v-2-1', 61]] }], ballots: 27, invalid: 1, invalid_reasons: [{ number: 12, reason: { why: 'too_many_points', given: 6, allowed: 5 } }], by_channel: { phone: 20, paper: 7 } },
  }, 'v-2');
  options('v-2', ['Deux-roues et bus', 'Aides au permis']);
}

function fillPlan(store: Store): void {
  store.add('cluster', { name: 'Passer le permis autrement', theme: 't-2', note: null }, 'k-1');
  store.add('cluster', { name: 'Bus et horaires d’équipe', theme: 't-2', note: null }, 'k-2');
  for (const id of ['w-7-p5', 'w-7-p6', 'w-7-p7', 'w-3-p2']) store.get(id).fields.cluster = 'k-1';
  for (const id of ['w-7-p10', 'w-3-p4']) store.get(id).fields.cluster = 'k-2';
  store.add('axis', { title: 'Lever les freins', description: null }, 'a-1');
  store.add('axis', { title: 'Aller vers l’emploi', description: null }, 'a-2');
  store.add('objective', { parent: 'a-1', title: 'Se rendre au travail partout dans le Doubs', description: null }, 'ob-1');
  store.add('objective', { parent: 'a-2', title: 'Rapprocher employeurs et personnes', description: null }, 'ob-2');
  store.add('action', { objective: 'ob-1', title: 'Une auto-école solidaire qui va à la rencontre des gens', description: 'Un véhicule-école et un moniteur se déplacent deux jours par semaine dans quatre communes.', reasons: '41 % des allocataires du RSA du Haut-Doubs n’ont pas le permis.', starts_on: day(100), ends_on: day(700), status: 'to_discuss', priority: 1, leads: ['o-1'], partners: ['o-3', 'o-4'], themes: ['t-2'], territories: ['b-1', 'b-2'], findings: ['f-1'], clusters: ['k-1'] }, 'ac-1');
  store.add('action', { objective: null, title: 'Un référent mobilité par bassin', description: null, status: 'to_discuss', leads: [], partners: [], themes: [], territories: [], findings: [], clusters: [] }, 'ac-2');
  store.add('milestone', { action: 'ac-1', what: 'Conventionner avec deux auto-écoles agréées', who: 'Département', due_on: day(130), done_on: null }, 'm-1');
  store.add('funding', { action: 'ac-1', funder: 'Fonds social européen', year: 2023, kind: 'running', planned: 4800000 }, 'fu-1');
  store.add('indicator', { action: 'ac-1', name: 'Permis obtenus par des allocataires du RSA', kind: 'result', unit: 'permis', baseline: '0', target: '90', source: 'auto-écoles', frequency: 'trimestriel' }, 'i-1');
}
