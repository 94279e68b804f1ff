//! The documents of the sample, as Rust offers them.
import type { CommandApi } from '../api';
import type { CharterPicture, CharterView, DocumentKind, DocumentOffer } from '../bindings';
import { name, str } from './rows';
import type { Entity, Store } from './store';

const text = ['pdf', 'docx', 'odt', 'html', 'md', 'json'];

export const documentOffers: DocumentOffer[] = [
  { document: 'plan', of_workshop: 'no', formats: text },
  { document: 'slides', of_workshop: 'no', formats: ['pptx', 'pdf'] },
  { document: 'tracking', of_workshop: 'no', formats: ['xlsx', 'csv'] },
  { document: 'annex', of_workshop: 'no', formats: ['pdf', 'xlsx', 'csv', 'html'] },
  { document: 'proof', of_workshop: 'no', formats: ['zip'] },
  { document: 'open_data', of_workshop: 'no', formats: ['zip'] },
  { document: 'minutes', of_workshop: 'yes', formats: text },
  { document: 'agenda', of_workshop: 'yes', formats: text },
  { document: 'invitation', of_workshop: 'yes', formats: ['pdf', 'docx', 'odt', 'html', 'md'] },
  { document: 'poster', of_workshop: 'yes', formats: ['pdf'] },
  { document: 'attendance', of_workshop: 'yes', formats: ['pdf', 'docx', 'odt'] },
  { document: 'ballots', of_workshop: 'yes', formats: ['pdf'] },
  { document: 'tents', of_workshop: 'yes', formats: ['pdf'] },
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
  invitation: 'invitation-atelier',
  poster: 'affiche-atelier',
  ballots: 'bulletins-atelier',
  tents: 'chevalets-atelier',
  proof: 'dossier-de-preuve',
  open_data: 'donnees-ouvertes',
};

const shipped = [
  { name: 'sober', accent: '#e9b949', strong: '#7a5200', font: 'source_sans' },
  { name: 'department', accent: '#1f5fa8', strong: '#174a84', font: 'ubuntu' },
  { name: 'contrast', accent: '#000000', strong: '#000000', font: 'atkinson' },
];
const pixel = 'data:image/svg+xml,' + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 16"><rect width="40" height="16" fill="#1f5fa8"/></svg>');
const page = (title: string, accent: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" width="210" height="297"><rect width="210" height="297" fill="#fff"/><rect x="20" y="80" width="60" height="3" fill="${accent}"/><text x="20" y="70" font-size="11">${title}</text></svg>`;

/** The charter, kept on one entity. */
function charterView(store: Store): CharterView {
  const process = store.list('process')[0];
  const kept = store.list('charter')[0]?.fields ?? {};
  const base = shipped.find((one) => one.name === kept.preset) ?? shipped[0]!;
  const row = (one: Entity): CharterPicture => ({ id: one.id, name: name(one.fields.name), description: str(one.fields.description) });
  const of = (about: string, role: string) => store.list('attachment').filter((one) => one.fields.about === about && one.fields.role === role).map(row);
  const statement = str(process?.fields.funding_statement);
  const id = process?.id ?? '';
  return {
    process: id, preset: base.name, accent: str(kept.accent) ?? base.accent, strong: str(kept.strong) ?? base.strong, contrast: 6.4, font: str(kept.font) ?? base.font, footer: str(kept.footer),
    logos: of(id, 'logo'), cover: of(id, 'cover').at(-1) ?? null, model: of(id, 'model').at(-1) ?? null,
    funders: store.list('funder').map((one) => ({ id: one.id, name: name(one.fields.name), statement: str(one.fields.statement), logo: of(one.id, 'emblem').at(-1) ?? null })),
    shipped, fonts: [['source_sans', 'Source Sans 3'], ['ubuntu', 'Ubuntu'], ['atkinson', 'Atkinson Hyperlegible']],
    statements: [['FSE+', 'Cofinancé par l’Union européenne']], statement,
    notices: statement || !process?.fields.funding_reference ? [] : ['La démarche a un numéro de dossier européen, mais aucune mention du programme.'],
  };
}

type Named = 'charter' | 'setCharter' | 'attachEmblem' | 'emblem' | 'previewDocument';

export function documentCommands(store: Store): Pick<CommandApi, Named> {
  return {
    charter: async () => charterView(store),
    setCharter: async (change) => {
      store.act('charter.edit', '', 1, () => {
        const id = store.list('charter')[0]?.id ?? store.add('charter', { preset: 'sober' });
        const fields = store.get(id).fields;
        if (change.preset) Object.assign(fields, { preset: change.preset, accent: null, strong: null, font: null });
        for (const key of ['accent', 'strong', 'font', 'footer'] as const) {
          const value = change[key];
          if (typeof value === 'string') fields[key] = value;
        }
      });
      return null;
    },
    attachEmblem: async (role, funder, path) =>
      store.act('charter.picture', path, 1, () => store.add('attachment', { about: funder ?? store.list('process')[0]?.id ?? '', role, name: path.split('/').at(-1) ?? path })),
    emblem: async () => pixel,
    previewDocument: async (document, _workshop, action) => {
      const one = action === null ? undefined : store.list('action').find((row) => row.id === action);
      if (one) return [page(name(one.fields.title), charterView(store).accent)];
      return ['tracking', 'open_data'].includes(document) ? [] : [page(documentNames[document], charterView(store).accent), page(documentNames[document], charterView(store).accent)];
    },
  };
}
