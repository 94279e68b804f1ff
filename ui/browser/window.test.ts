import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findings, withWindow } from './chromium';

const { onPage, onKept } = withWindow();

type Then = (page: Page) => Promise<unknown>;

const seen = (page: Page, testid: string): Promise<unknown> => page.getByTestId(testid).first().waitFor();
/** A key pressed in the room, and what it opens. */
const opens = (keys: string, testid: string): Then => async (page) => {
  await page.getByTestId('card').first().focus();
  await page.keyboard.press(keys);
  await seen(page, testid);
};
const shows = (testid: string): Then => (page) => seen(page, testid);

const ROOM = '#animer/w-7';
const openPhones: Then = async (page) => {
  await opens('q', 'phones-panel')(page);
  await page.getByTestId('phones-wifi').fill('Salle des fêtes');
  await page.getByTestId('phones-open').click();
  await seen(page, 'phones-join');
};
const takesBack: Then = async (page) => {
  await seen(page, 'exchange');
  await page.keyboard.press('o');
  await seen(page, 'difference');
  await seen(page, 'form-remarks');
};
/** A name, a place, what is done there, and whether that leaves more behind than its place: a sheet over all places, something noted. */
const STATES: [string, string, Then, spoils?: 'spoils'][] = [
  ['Bienvenue', '?accueil', shows('welcome')],
  ['le premier démarrage', '?premier', shows('first-start')],
  ['Accueil', '#accueil', shows('page-accueil')],
  ...['demarche', 'ateliers', 'thematiques', 'bassins', 'structures', 'constats', 'participants', 'donnees'].map((section): [string, string, Then] => [`Préparer, ${section}`, `#preparer/${section}`, shows('page-preparer')]),
  ['Animer, les ateliers', '#animer', shows('atelier')],
  ['la salle', ROOM, shows('card')],
  ['la carte en cours', ROOM, opens('e', 'card-editor')],
  ['le nom d’un regroupement', ROOM, opens('g', 'naming-field')],
  ['la découpe', ROOM, opens('c', 'rewording')],
  ['le menu d’une proposition', ROOM, opens('Shift+F10', 'card-menu'), 'spoils'],
  ['les cartes papier', ROOM, opens('Shift+N', 'paper-panel')],
  ['les photos', ROOM, opens('Shift+P', 'photo-panel')],
  ['ce qui se dit', ROOM, opens('l', 'wording-panel')],
  ['les ateliers précédents', ROOM, opens('Shift+B', 'previous-panel')],
  ['la présence', ROOM, opens('a', 'attendance-panel')],
  ['une répétition à commencer', ROOM, opens('Shift+E', 'rehearsal-dialog'), 'spoils'],
  ['une répétition', ROOM, async (page) => {
    await opens('Shift+E', 'rehearsal-dialog')(page);
    await page.getByTestId('rehearsal-go').click();
    await seen(page, 'rehearsal-bar');
    await seen(page, 'card');
  }, 'spoils'],
  ['la clôture', ROOM, opens('Shift+C', 'close-panel')],
  ['le menu du projecteur', ROOM, opens('p', 'project-menu'), 'spoils'],
  ['les téléphones, fermés', ROOM, opens('q', 'phones-panel')],
  ['les téléphones, ouverts', ROOM, openPhones, 'spoils'],
  ['les cartes à usage unique', ROOM, async (page) => {
    await openPhones(page);
    await page.getByTestId('cards-open').first().click();
    await page.getByTestId('cards-draw').click();
    await seen(page, 'cards');
  }, 'spoils'],
  ['un scrutin à préparer', '#voter/new/w-7', shows('ballot-question')],
  ['un scrutin ouvert', '#voter/v-1', shows('enter-grades')],
  ['un scrutin limité dans le temps', '#voter/v-1', async (page) => {
    await seen(page, 'enter-grades');
    await page.keyboard.press('e');
    await page.getByTestId('time-limit').getByRole('timer').waitFor();
  }, 'spoils'],
  ['un scrutin clos, des bulletins à trancher', '#voter/v-2', async (page) => {
    await seen(page, 'result');
    await seen(page, 'late-urn');
  }],
  ['Fusionner', '#fusionner', shows('page-fusionner')],
  ['Consolider', '#consolider', shows('sources-list')],
  ['Plan', '#plan', shows('plan-tree')],
  ['une fiche-action', '#plan/ac-1', shows('action-page')],
  ['Documents', '#documents', shows('preview')],
  ['Région, rien de choisi', '?accueil#region', shows('region-files')],
  ['Région', '#region', async (page) => {
    await page.getByTestId('region-files').click();
    await page.getByTestId('region-ask').click();
    await seen(page, 'region-rows');
  }, 'spoils'],
  ['la charte', '#documents/charte', shows('charter-sober')],
  ['échanges', '#plan/echanges', shows('exchange')],
  ['une fiche revenue, différence par différence', '#plan/echanges', takesBack, 'spoils'],
  ['un plan qui existe déjà', '#plan/echanges', async (page) => {
    await seen(page, 'exchange');
    await page.keyboard.press('p');
    await page.getByTestId('import-plan-choose').click();
    await seen(page, 'import-action');
  }, 'spoils'],
  ['les touches', ROOM, opens('?', 'keys-sheet'), 'spoils'],
  ['le guide', ROOM, opens('Shift+F1', 'guide-page'), 'spoils'],
  ['la palette', ROOM, opens('Control+k', 'palette-input'), 'spoils'],
  ['les préférences', ROOM, opens('Control+,', 'preferences-dialog'), 'spoils'],
  ['la phrase secrète', ROOM, opens('Control+Shift+b', 'protect-passphrase'), 'spoils'],
  ['une nouvelle démarche', ROOM, opens('Control+n', 'new-process'), 'spoils'],
  ['l’historique', ROOM, async (page) => {
    await opens('h', 'history')(page);
    await page.locator('aside[aria-labelledby="history-title"]').waitFor();
  }, 'spoils'],
  ...['black', 'board', 'question', 'agenda', 'timer', 'group', 'ballot', 'result', 'join'].map((scene): [string, string, Then] => [`le mur, ${scene}`, `?mur=${scene}#projector`, shows('projector')]),
];

describe.concurrent('axe', () => {
  it.each(STATES)('finds nothing on « %s », light or dark', async (name, place, then, spoils) => {
    await onKept(place, async (page) => {
      await then(page);
      // To be looked at.
      if (process.env.MOISSON_SHOTS) await page.screenshot({ path: `${process.env.MOISSON_SHOTS}/${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png` });
      expect(await findings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      expect(await findings(page, true)).toEqual([]);
    }, spoils === 'spoils');
  });
});

const KEYS: [string, string, Then][] = [
  ['a person enters the atelier under way with Ctrl+3 and Enter', '#accueil', async (page) => {
    await seen(page, 'page-accueil');
    await page.keyboard.press('Control+3');
    await page.waitForFunction(() => document.activeElement?.matches('[data-testid="atelier"]'));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.matches('[data-testid="capture"]'));
  }],
  ['the line where one notes grows with its words, shrinks with them, and is one line again once they are noted', ROOM, async (page) => {
    const line = page.getByTestId('capture');
    const high = () => line.evaluate((field) => field.clientHeight);
    const becomes = (than: string, height: number) => page.waitForFunction(([which, points]) => {
      const now = document.querySelector('[data-testid="capture"]')?.clientHeight ?? 0;
      return which === 'more' ? now > Number(points) : now === Number(points);
    }, [than, height] as const);
    await line.focus();
    const one = await high();
    await page.keyboard.type('Une navette entre la gare et la zone d’activité, matin et soir, pour les postes qui commencent avant six heures');
    await becomes('more', one);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Une navette');
    await becomes('equal', one);
    await page.keyboard.type(' entre la gare et la zone d’activité, matin et soir, pour les postes qui commencent avant six heures');
    await becomes('more', one);
    await page.keyboard.press('Enter');
    await becomes('equal', one);
  }],
  ['a rich field that goes while it is written in keeps its words and breaks nothing', '#plan/ac-1', async (page) => {
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
    const field = page.getByTestId('field-risks');
    await field.click();
    await page.keyboard.type('Le gel, ');
    await page.evaluate(() => (location.hash = '#plan/ac-2'));
    await page.waitForFunction(() => document.activeElement === document.body || !document.activeElement?.matches('[data-testid="field-risks"]'));
    await page.getByTestId('field-risks').click();
    await page.keyboard.type('La grève, ');
    await page.getByTestId('close-action').click();
    await seen(page, 'plan-tree');
    await page.evaluate(() => (location.hash = '#plan/ac-1'));
    await page.getByTestId('field-risks').filter({ hasText: 'Le gel,' }).waitFor();
    expect(broken).toEqual([]);
  }],
  ['the menu of a card opens at the pointer, does what is chosen, and gives the keyboard back', ROOM, async (page) => {
    const card = page.getByTestId('card').last();
    const text = (await card.locator('p').textContent()) ?? '';
    await card.click({ button: 'right' });
    await seen(page, 'card-menu');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.matches('[data-card]'));
    await page.keyboard.press('Shift+F10');
    await page.getByTestId('menu-split').click();
    expect(await page.getByTestId('rewording-field').inputValue()).toContain(text.slice(0, 10));
  }],
];

it.each(KEYS)('%s', (_, place, then) => onPage(place, then));
