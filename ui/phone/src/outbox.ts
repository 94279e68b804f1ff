/**
 * What waits to be sent. Everything in it may be sent twice and counts once: a proposal has a number of its own, a support
 * and a bulletin say what is to be, not what to add. So it is sent again until the room has answered.
 */
import { draw, type Shelf } from './memory';
import { ask, passing, type Answer, type Bulletin, type Origin } from './wire';

export type EntryState = 'waiting' | 'noted' | 'held' | 'refused' | 'rejected';

/** A proposal of this phone. */
export interface Entry {
  key: string;
  text: string;
  table: number | null;
  state: EntryState;
  /** Why it was rejected. */
  code?: string | null;
}

/** A bulletin of this phone; with cards, one for each. */
export interface Vote {
  ballot: string;
  slot: string;
  card: string | null;
  bulletin: Bulletin;
  origin?: Origin;
  sent: boolean;
  code?: string | null;
}

type Identity = { token: string; secret: string };
type Receipt = { state: 'noted' | 'held' | 'refused' };

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

export class Outbox {
  entries: Entry[];
  votes: Vote[];
  /** Supports given, and those whose change waits. */
  supported: Set<string>;
  private toggles: Map<string, boolean>;
  private busy = false;
  private wait = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly shelf: Shelf;
  private readonly identity: () => Identity;
  private readonly changed: () => void;

  constructor(shelf: Shelf, identity: () => Identity, changed: () => void) {
    this.shelf = shelf;
    this.identity = identity;
    this.changed = changed;
    this.entries = shelf.get<Entry[]>('entries', []);
    this.votes = shelf.get<Vote[]>('votes', []);
    this.supported = new Set(shelf.get<string[]>('supported', []));
    this.toggles = new Map(shelf.get<[string, boolean][]>('toggles', []));
  }

  /** How many things wait. */
  get waiting(): number {
    return this.entries.filter((one) => one.state === 'waiting').length + this.votes.filter((one) => !one.sent && !one.code).length + this.toggles.size;
  }

  propose(text: string, table: number | null): void {
    this.entries.unshift({ key: draw(), text, table, state: 'waiting' });
    this.keep();
    void this.flush();
  }

  support(proposal: string, on: boolean): void {
    if (on) this.supported.add(proposal);
    else this.supported.delete(proposal);
    this.toggles.set(proposal, on);
    this.keep();
    void this.flush();
  }

  vote(ballot: string, slot: string, card: string | null, bulletin: Bulletin, origin: Origin = {}): void {
    this.votes = this.votes.filter((one) => one.slot !== slot);
    this.votes.push({ ballot, slot, card, bulletin, origin, sent: false });
    this.keep();
    void this.flush();
  }

  votesOf(ballot: string): Vote[] {
    return this.votes.filter((one) => one.ballot === ballot);
  }

  /** A support whose change the room does not know yet: what it counts is one too many, or one too few. */
  unknown(proposal: string): number {
    const on = this.toggles.get(proposal);
    return on === undefined ? 0 : on ? 1 : -1;
  }

  /** Asks again what became of the proposals that the facilitator reads first. */
  async askHeld(): Promise<void> {
    for (const entry of this.entries.filter((one) => one.state === 'held').slice(0, 5)) {
      const answer = await this.sendEntry(entry);
      if (!answer.ok) return;
    }
  }

  /** Sends what waits, in order; what cannot leave now is tried again by itself. */
  async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    const later = await this.sendAll();
    this.busy = false;
    if (later === null) {
      this.wait = 0;
      if (this.waiting > 0) void this.flush();
    } else {
      this.wait = Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT, this.wait * 2, later * 1_000));
      this.timer = setTimeout(() => void this.flush(), this.wait + Math.random() * FIRST_WAIT);
    }
    this.changed();
  }

  /** Null once all is sent, else the seconds to wait. */
  private async sendAll(): Promise<number | null> {
    for (const vote of [...this.votes].filter((one) => !one.sent && !one.code)) {
      const { ballot, bulletin, card, slot, origin } = vote;
      const answer = await ask('/api/votes', this.identity(), { ballot, bulletin, card, slot, ...origin });
      if (!answer.ok && passing(answer.status)) return answer.again;
      if (answer.ok) vote.sent = true;
      else vote.code = answer.code ?? 'other';
      this.keep();
    }
    for (const [proposal, on] of [...this.toggles]) {
      const answer = await ask('/api/supports', this.identity(), { proposal, on });
      if (!answer.ok && passing(answer.status)) return answer.again;
      // Meanwhile it may have been tapped again.
      if (this.toggles.get(proposal) === on) this.toggles.delete(proposal);
      if (!answer.ok) this.supported.delete(proposal);
      this.keep();
    }
    for (const entry of [...this.entries].filter((one) => one.state === 'waiting').reverse()) {
      const answer = await this.sendEntry(entry);
      if (!answer.ok && passing(answer.status)) return answer.again;
    }
    return null;
  }

  private async sendEntry(entry: Entry): Promise<Answer<Receipt>> {
    const { key, text, table } = entry;
    const answer = await ask<Receipt>('/api/proposals', this.identity(), { key, text, table });
    if (answer.ok) entry.state = answer.data.state;
    else if (!passing(answer.status) && entry.state === 'waiting') {
      entry.state = 'rejected';
      entry.code = answer.code;
    }
    this.keep();
    return answer;
  }

  private keep(): void {
    this.shelf.set('entries', this.entries.slice(0, 200));
    this.shelf.set('votes', this.votes);
    this.shelf.set('supported', [...this.supported]);
    this.shelf.set('toggles', [...this.toggles]);
    this.changed();
  }
}
