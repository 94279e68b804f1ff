//! A region of two démarches, whatever the files.
import type { CommandApi } from '../api';
import type { RegionQuestion, RegionReport } from '../bindings';
import { failure } from './store';

const doubs = { process: '018128e7-0000-7000-8000-000000000001', demarche: 'SPIE du Doubs' };
const jura = { process: '018128e7-0000-7000-8000-000000000002', demarche: 'SPIE du Jura' };

const answers: Record<RegionQuestion, Pick<RegionReport, 'rows' | 'totals'>> = {
  themes: {
    rows: [
      { ...doubs, theme: 'Mobilité', territory: 'Pontarlier', workshops: 2, proposals: 41, clustered: 30 },
      { ...doubs, theme: 'Santé', territory: 'Besançon', workshops: 1, proposals: 18, clustered: 9 },
      { ...jura, theme: 'Mobilité', territory: 'Dole', workshops: 1, proposals: 22, clustered: 0 },
    ],
    totals: [{ name: 'Mobilité', demarches: 2, count: 63 }, { name: 'Santé', demarches: 1, count: 18 }],
  },
  support: {
    rows: [{ ...doubs, theme: 'Mobilité', proposals: 41, said_again: 12 }, { ...jura, theme: '', proposals: 3, said_again: 1 }],
    totals: [{ name: '', demarches: 1, count: 1 }, { name: 'Mobilité', demarches: 1, count: 12 }],
  },
  cost: {
    rows: [{ ...doubs, axis: 'Aller au travail', actions: 6, planned: 18_450_000 }, { ...jura, axis: '', actions: 1, planned: 250_050 }],
    totals: [{ name: '', demarches: 1, count: 250_050 }, { name: 'Aller au travail', demarches: 1, count: 18_450_000 }],
  },
  late: {
    rows: [{ ...doubs, number: '1.2', action: 'Une navette vers la zone d’activité', leads: ['Département'], ends_on: '2022-12-31', status: 'running', why: 'end' }],
    totals: [{ name: '', demarches: 1, count: 1 }],
  },
  unanswered: {
    rows: [{ ...doubs, proposals: 214, unanswered: 12 }, { ...jura, proposals: 22, unanswered: 22 }],
    totals: [{ name: '', demarches: 2, count: 34 }],
  },
  likeness: {
    rows: [{ ...doubs, cluster: 'Aide au permis', territories: 'Pontarlier', other_demarche: jura.demarche, other_cluster: 'Avancer l’argent du permis', other_territories: 'Dole', score: 0.62, why: ['permis'] }],
    totals: [{ name: '', demarches: 1, count: 1 }],
  },
};

export const regionCommands = (): Pick<CommandApi, 'compareRegion' | 'cancelRegion'> => ({
  compareRegion: async (question, sources) => {
    const broken = sources.find((path) => path.endsWith('.txt'));
    if (broken) throw failure('not_a_demarche', `${broken} n’est pas une démarche de Moisson ; il n’a pas été touché.`);
    return { question, demarches: 2, copies: sources.length > 2 ? sources.slice(2) : [], ...structuredClone(answers[question]) };
  },
  cancelRegion: async () => undefined,
});
