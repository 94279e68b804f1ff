/** The state of the page in one room: what the room shows, what this phone sent. */
import { Live } from './live';
import { language, roomOf, Shelf, token } from './memory';
import { Outbox } from './outbox';
import { languageOf, languages, type Language, type Words } from './words';
import { ask, type Head, type Item, type Lacking } from './wire';

export type Line = 'online' | 'offline' | 'closed';
export type Place = 'propose' | 'read' | 'vote';

const EMPTY: Head = { title: '', colour: null, number: null, question: '', sharing: 'all', moderated: false, ballots: [] };

/** Phones that missed a change do not all ask within less than this. */
const SPREAD = 1_500;

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
  private ahead = 0;
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
    this.live = new Live({ fetch: () => this.fetch(), told: (scene) => this.told(scene), heard: (line) => this.heard(line) });
    this.live.now();
    // What is left of a vote is told by the minute.
    setInterval(() => {
      if (this.head.ballots.some((one) => one.closes_at !== undefined)) this.redraw();
    }, 15_000);
  }

  get table(): number | null {
    return this.shelf.get<number | null>('table', null);
  }

  set table(table: number | null) {
    this.shelf.set('table', table);
    this.redraw();
  }

  /** Now, by the laptop's clock, to a second or so. */
  now(): number {
    return Date.now() + this.ahead;
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

  /** What the room says by itself: taken in if it follows what is known, else what lacks is asked for, not by all at once. */
  private told(scene: Lacking): void {
    if (scene.since !== null && scene.since !== this.version) {
      setTimeout(() => void this.fetch(), Math.random() * SPREAD);
      return;
    }
    this.take(scene);
    void this.outbox.askHeld();
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
    // Phones' clocks differ: what is left of a vote is told by the laptop's.
    if (answer.at > 0) this.ahead = answer.at - Date.now();
    const first = !this.ready;
    this.device = device;
    this.take(scene);
    this.ready = true;
    this.heard('online');
    if (first) void this.outbox.flush();
    void this.outbox.askHeld();
    this.redraw();
    return `/api/live?room=${encodeURIComponent(this.identity.token)}&device=${this.device}&since=${encodeURIComponent(this.version)}`;
  }

  private take(scene: Lacking): void {
    const { version, since, items, gone, ...head } = scene;
    // A slow answer, overtaken by what the room said meanwhile.
    if (since !== null && older(version, this.version)) return;
    this.version = version;
    if (head.title !== undefined) this.head = { ...EMPTY, ...head };
    if (since === null) this.items.clear();
    for (const id of gone) this.items.delete(id);
    for (const item of items) this.items.set(item.id, item);
  }
}

/** Whether a version comes before another of the same opening of the room. */
function older(one: string, other: string): boolean {
  const [[epoch, n], [same, m]] = [one.split('-'), other.split('-')];
  return epoch === same && Number(n) < Number(m);
}
