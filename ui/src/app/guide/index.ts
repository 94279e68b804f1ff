//! The pages of the guide, in the order of the eight steps; their words are in `messages/*/guide.json`.
import accueil from './accueil.webp';
import clore from './clore.webp';
import consolider from './consolider.webp';
import fusionner from './fusionner.webp';
import noter from './noter.webp';
import preparer from './preparer.webp';
import projeter from './projeter.webp';
import publier from './publier.webp';
import telephones from './telephones.webp';
import voter from './voter.webp';

export interface GuidePage {
  id: string;
  /** Address of a picture of the real window. */
  picture: string;
}

export const pages: readonly GuidePage[] = [
  { id: 'accueil', picture: accueil },
  { id: 'preparer', picture: preparer },
  { id: 'noter', picture: noter },
  { id: 'projeter', picture: projeter },
  { id: 'telephones', picture: telephones },
  { id: 'voter', picture: voter },
  { id: 'clore', picture: clore },
  { id: 'fusionner', picture: fusionner },
  { id: 'consolider', picture: consolider },
  { id: 'publier', picture: publier },
];
