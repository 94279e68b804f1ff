//! What Fusionner reads: two disagreements and a dossier to take in.
import type { ConflictView, ImportKind, ImportReport, MergeReport, Settlement } from '../bindings';
import { failure, type Store } from './store';

/** Disagreements of the sample, until they are settled. */
const conflicts: ConflictView[] = [
  {
    id: 'w-7-p2:text', entity: 'w-7-p2', kind: 'proposal', title: 'Partager les trajets entre salariés d’une même zone d’activité', field: 'text', workshop: 'w-7', offered: null,
    versions: [
      { change: 'c-1', value: 'Partager les trajets entre salariés d’une même zone d’activité', shown: 'Partager les trajets entre salariés d’une même zone d’activité', author: 'animatrice', replica: 'portable-1', at: Date.now() - 7_200_000 },
      { change: 'c-2', value: 'Partager les trajets entre salariés et stagiaires d’une même zone', shown: 'Partager les trajets entre salariés et stagiaires d’une même zone', author: 'consultant', replica: 'portable-2', at: Date.now() - 7_000_000 },
    ],
  },
  {
    id: 'w-7:place', entity: 'w-7', kind: 'workshop', title: 'Mobilité', field: 'place', workshop: 'w-7', offered: null,
    versions: [
      { change: 'c-3', value: 'salle des Hauts du Chazal', shown: 'salle des Hauts du Chazal', author: 'animatrice', replica: 'portable-1', at: Date.now() - 90_000_000 },
      { change: 'c-4', value: 'salle Proudhon', shown: 'salle Proudhon', author: 'cheffe de projet', replica: 'portable-3', at: Date.now() - 80_000_000 },
    ],
  },
];

const settled = new WeakMap<Store, Set<string>>();

export const conflictViews = (store: Store): ConflictView[] =>
  conflicts.filter((one) => !settled.get(store)?.has(one.id) && store.entities.some((entity) => entity.id === one.entity));

export const waiting = (store: Store): number => (store.entities.some((one) => one.id === 'w-7') ? 12 : 0);

export function settle(store: Store, entity: string, field: string, settlement: Settlement): void {
  const conflict = conflictViews(store).find((one) => one.entity === entity && one.field === field);
  if (!conflict) throw failure('no_such_conflict', 'Ce désaccord est déjà tranché.');
  const value = settlement.how === 'value' ? settlement.value : (conflict.versions.find((one) => one.change === settlement.change)?.value ?? null);
  store.act('conflict.settle', conflict.title, 1, () => {
    store.get(entity).fields[field] = value;
    settled.set(store, new Set([...(settled.get(store) ?? []), conflict.id]));
  });
}

export function mergeReport(paths: string[]): MergeReport {
  if (paths.some((path) => !path.endsWith('.dossier'))) throw failure('not_a_dossier', 'Ce fichier n’est pas un dossier d’atelier.', ['Rien n’a été fusionné. Choisissez des fichiers .dossier.'], 'file');
  return {
    dossiers: paths.map((path, index) => ({ name: path.split('/').at(-1) ?? path, replicas: [`portable-${index + 2}`], changes: 214, changes_new: 188, written_at: new Date(Date.now() - 3_600_000).toISOString() })),
    changes_new: 188, changes_known: 26, changes_waiting: 0, conflicts_new: 1, conflicts_settled: 0, redacted: 0, gaps: [], cloned: [],
    entities: { proposal: { created: 41, updated: 3 }, group: { created: 6, updated: 0 }, ballot: { created: 1, updated: 0 } },
    workshops: [{ id: 'w-5', title: 'Santé', proposals_created: 41, proposals_updated: 3 }],
  };
}

export function importReport(kind: ImportKind): ImportReport {
  const samples: Record<ImportKind, string[]> = {
    proposals: ['Un bus à la demande le soir', 'Une navette gare – zone industrielle'],
    findings: ['2.5 · Un ménage sur cinq sans voiture à Montbéliard'],
    participants: ['Frêne · CCAS de Besançon'],
    organisations: ['Régie de quartier · Associations et insertion'],
  };
  return {
    columns: [[kind === 'organisations' ? 'name' : 'text', 'Proposition'], ['theme', 'Thème'], ['organisation', 'Structure']], ignored: ['Commentaire interne'],
    created: 27, known: 3, rejected: [{ line: 14, reason: 'la proposition est vide' }], unknown: ['Thème « Transports » : inconnu, gardé comme écrit'], sample: samples[kind],
  };
}
