//! The sections of Préparer and what each counts.
import type { ImportKind, Preparation } from '@/ipc';

export const sections = ['demarche', 'ateliers', 'thematiques', 'bassins', 'structures', 'constats', 'participants', 'donnees'] as const;
export type Section = (typeof sections)[number];

export const isSection = (name: string | undefined): name is Section => sections.some((one) => one === name);

export function counted(section: Section, all: Preparation): number | null {
  const counts: Record<Section, number | null> = {
    demarche: null,
    ateliers: all.workshops.length,
    thematiques: all.themes.length,
    bassins: all.territories.length,
    structures: all.organisations.length,
    constats: all.findings.length,
    participants: all.participants.length,
    donnees: all.participants.filter((one) => one.name || one.email).length,
  };
  return counts[section];
}

/** What a table dropped on a section most likely holds. */
export function importKind(section: Section): ImportKind {
  if (section === 'structures') return 'organisations';
  if (section === 'constats') return 'findings';
  if (section === 'participants') return 'participants';
  return 'proposals';
}
