//! The documents of the sample, as Rust offers them.
import type { DocumentKind, DocumentOffer } from '../bindings';

const text = ['pdf', 'docx', 'odt', 'html', 'md', 'json'];

export const documentOffers: DocumentOffer[] = [
  { document: 'plan', of_workshop: 'no', formats: text },
  { document: 'slides', of_workshop: 'no', formats: ['pptx', 'pdf'] },
  { document: 'tracking', of_workshop: 'no', formats: ['xlsx', 'csv'] },
  { document: 'annex', of_workshop: 'no', formats: ['pdf', 'xlsx', 'csv', 'html'] },
  { document: 'minutes', of_workshop: 'yes', formats: text },
  { document: 'agenda', of_workshop: 'yes', formats: text },
  { document: 'attendance', of_workshop: 'yes', formats: ['pdf', 'docx', 'odt'] },
  { document: 'cards', of_workshop: 'maybe', formats: ['pdf'] },
];

export const documentNames: Record<DocumentKind, string> = {
  plan: 'plan-d-actions',
  slides: 'diaporama-du-comite',
  tracking: 'tableau-de-suivi',
  annex: 'annexe-de-tracabilite',
  minutes: 'compte-rendu-atelier',
  minutes_with_names: 'compte-rendu-atelier',
  agenda: 'deroule-atelier',
  attendance: 'emargement-atelier',
  attendance_filled: 'emargement-atelier-signe',
  cards: 'cartes',
};
