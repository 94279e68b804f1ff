/** The state of the page in one room: what the room shows, what this phone sent. */
import { Live } from './live';
import { language, roomOf, Shelf, token } from './memory';
import { Outbox } from './outbox';
import { languageOf, languages, type Language, type Words } from './words';
import { ask, type Head, type Item, type Lacking } from './wire';

export type Line = 'online' | 'offline' | 'closed';
export type Place = 'propose' | 'read' | 'vote';

const EMPTY: Head = { title: '', colour: null, number: null, question: '', sharing: 'all', moderated: false, ballots: [] };

/** The language chosen here, or the phone's. */
export class Speech {
  language: Language;

  constructor() {
    const kept = language.get();
    this.language = kept === 'fr' || kept === 'en' ? kept : languageOf(navigator.languages);
  }

  get words(): Words {
    return languages[this.language];
  }

  turn(): void {
    this.language = this.language === 'fr' ? 'en' : 'fr';
    language.set(this.language);
  }
}

export class App {
  head: Head = EMPTY;
  items = new Map<string, Item>();
  line: Line = 'online';
  place: Place = 'propose';
  ready = false;
  readonly outbox: Outbox;
  readonly shelf: Shelf;
  private version = '';
  private device = '';
  private readonly live: Live;
  private readonly identity: { token: string; secret: string };
  private readonly redraw: () => void;
  private readonly turnedAway: () => void;
  private fetching: Promise<string | null> | null = null;
  private again = false;

  constructor(of: string, redraw: () => void, turnedAway: () => void) {
    this.shelf = new Shelf(roomOf(of));
    this.identity = { token: of, secret: this.shelf.secret() };
    this.redraw = redraw;
    this.turnedAway = turnedAway;
    this.outbox = new Outbox(this.shelf, () => this.identity, redraw);
    this.live = new Live({ fetch: () => this.fetch(), heard: (line) => this.heard(line) });
    this.live.now();
  }

  get table(): number | null {
    return this.shelf.get<number | null>('table', null);
  }

  set table(table: number | null) {
    this.shelf.set('table', table);
    this.redraw();
  }

  go(place: Place): void {
    this.place = place;
    this.redraw();
  }

  /** Proposals to show, the latest first: ids are in order of time. */
  shown(): Item[] {
    const all = [...this.items.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
    return this.head.sharing === 'table' ? all.filter((item) => item.table !== undefined && item.table === this.table) : all;
  }

  private heard(line: Line): void {
    const back = line === 'online' && this.line !== 'online';
    if (this.line === line) return;
    this.line = line;
    if (back) void this.outbox.flush();
    this.redraw();
  }

  /** One fetch at a time; news that come meanwhile make one more. */
  private fetch(): Promise<string | null> {
    if (this.fetching) {
      this.again = true;
      return this.fetching;
    }
    this.fetching = this.fetchOnce().finally(() => {
      this.fetching = null;
      if (!this.again) return;
      this.again = false;
      void this.fetch();
    });
    return this.fetching;
  }

  private async fetchOnce(): Promise<string | null> {
    const answer = await ask<{ device: string; scene: Lacking }>(`/api/scene?since=${encodeURIComponent(this.version)}`, this.identity);
    if (!answer.ok) {
      if (answer.code === 'token') {
        this.live.stop();
        token.set(null);
        this.turnedAway();
      }
      return null;
    }
    const { device, scene } = answer.data;
    const first = !this.ready;
    this.device = device;
    this.take(scene);
    this.ready = true;
    this.heard('online');
    if (first) void this.outbox.flush();
    void this.outbox.askHeld();
    this.redraw();
    return `/api/live?room=${encodeURIComponent(this.identity.token)}&device=${this.device}`;
  }

  private take(scene: Lacking): void {
    const { version, whole, items, gone, ...head } = scene;
    this.version = version;
    this.head = head;
    if (whole) this.items.clear();
    for (const id of gone) this.items.delete(id);
    for (const item of items) this.items.set(item.id, item);
  }
}
