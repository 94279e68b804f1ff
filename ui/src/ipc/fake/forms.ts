//! A partner’s file, in the fake: it wants three things of the first action otherwise.
import type { CommandApi } from '../api';
import type { FormDifference, FormReturn, PlanColumn, PlanImport, PlanImportAsked } from '../bindings';
import { actionView, planView } from './plan';
import { failure, type Store } from './store';

type Forms = Pick<CommandApi, 'sendForm' | 'readForm' | 'takeForm' | 'previewPlan' | 'importPlan'>;

const blank = { sent: null, both: null, parts: {}, moved: false, problem: null, notes: [], line: null, kind: 'action', how: 'changed' } as const;

export function formCommands(store: Store): Forms {
  function read(path: string): FormReturn {
    const plan = planView(store);
    const row = [...plan.axes.flatMap((axis) => axis.objectives.flatMap((one) => one.actions)), ...plan.loose][0];
    if (!row || !/\.(docx|xlsx)$/.test(path)) throw failure('form_foreign', `${path} n’est ni un DOCX ni un XLSX.`, [], 'file');
    const view = actionView(store, row.id);
    const all: FormDifference[] = [
      { ...blank, key: `${row.id} risks`, field: 'risks', place: 'Risques', sent: 'Le gel.', current: view.risks ?? '', theirs: 'Le gel, et la grève.', both: 'La neige, le gel, et la grève.', moved: true, notes: [] },
      { ...blank, key: `${row.id} ends_on`, field: 'ends_on', place: 'Échéance', sent: view.row.ends_on, current: view.row.ends_on ?? '', theirs: 'fin 2023', problem: '« fin 2023 » n’est pas une date, comme 15/09/2022', notes: [] },
      { ...blank, key: `${row.id} means`, field: 'means', place: 'Moyens', sent: view.means, current: view.means ?? '', theirs: 'Deux chauffeurs de plus', notes: [] },
    ];
    const differences = all.filter((one) => one.current !== one.theirs && one.current !== one.both);
    const actions = differences.length > 0 ? [{ action: { id: row.id, number: row.number, title: row.title }, differences }] : [];
    return { path, sent_on: '2022-09-01', remarks: ['Le suivi des modifications est actif dans ce fichier : le texte a été lu comme si tout était accepté.'], actions, same: 22 };
  }

  /** A sheet of two columns, of which the second is not recognised. */
  function plan({ columns }: PlanImportAsked): PlanImport {
    const roles: (PlanColumn | null)[] = columns ?? ['title', null];
    const titles = roles[0] === 'title' ? ['Un garage solidaire', 'Un bilan de santé'] : [];
    const known = titles.filter((title) => store.list('action').some((one) => one.fields.title === title));
    return {
      sheets: [{ name: 'Plan', rows: 2 }, { name: 'Archives', rows: 14 }], sheet: 'Plan', known: known.length, notes: [{ line: 3, reason: 'Échéance : fin 2023' }], organisations: roles[1] === 'lead' ? ['Garage du Haut-Doubs'] : [],
      columns: [{ heading: 'Action', sample: 'Un garage solidaire · Un bilan de santé', role: roles[0] ?? null }, { heading: 'Qui', sample: 'Garage du Haut-Doubs', role: roles[1] ?? null }],
      actions: titles.map((title, at) => ({ line: at + 2, axis: '', objective: '', title, known: known.includes(title), leads: roles[1] === 'lead' && at === 0 ? 'Garage du Haut-Doubs' : '', ends_on: null, parts: [0, 0, 0] })),
      created: { axes: 0, objectives: 0, actions: titles.length - known.length, milestones: 0, indicators: 0, fundings: 0 },
    };
  }

  return {
    previewPlan: async (_path, asked) => plan(asked),
    importPlan: async (_path, asked) => {
      const found = plan(asked);
      store.act('import.plan', '', found.created.actions, () => found.actions.filter((one) => !one.known).forEach((one) => store.add('action', { title: one.title, status: 'to_discuss' })));
      return found;
    },
    sendForm: async (_of, formats, folder) => ({ files: formats.map((format) => ({ path: `${folder}/fiche.${format}`, format, bytes: 24_000, ms: 12 })), notices: [] }),
    readForm: async (path) => read(path),
    takeForm: async (taken) =>
      store.act('form.take', '', taken.length, () => {
        for (const { key, value } of taken) {
          const [id = '', field = ''] = key.split(' ');
          store.get(id).fields[field] = value;
        }
        return taken.length;
      }),
  };
}
