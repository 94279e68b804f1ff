//! One file per feature; a key begins with the name of its file.
import accueil from './accueil.json';
import animer from './animer.json';
import arbitrer from './arbitrer.json';
import consolider from './consolider.json';
import documents from './documents.json';
import fusionner from './fusionner.json';
import guide from './guide.json';
import kit from './kit.json';
import phones from './phones.json';
import plan from './plan.json';
import preparer from './preparer.json';
import projector from './projector.json';
import protection from './protection.json';
import region from './region.json';
import rehearsal from './rehearsal.json';
import safety from './safety.json';
import seance from './seance.json';
import shell from './shell.json';
import suites from './suites.json';
import voter from './voter.json';
import words from './words.json';

export default { ...accueil, ...animer, ...arbitrer, ...consolider, ...documents, ...fusionner, ...guide, ...kit, ...phones, ...plan, ...preparer, ...projector, ...protection, ...region, ...rehearsal, ...safety, ...seance, ...shell, ...suites, ...voter, ...words };
