/** Hearing what changed, and finding the room again after the phone slept or the network went. */

import type { Lacking } from './wire';

/** Three signs of life missed: the line is dead, whatever the browser thinks. */
const SILENCE = 40_000;
const FIRST_WAIT = 800;
const LONGEST_WAIT = 20_000;

export interface Ear {
  /** Fetches what changed; gives the address of the stream, or null if the room does not answer. */
  fetch(): Promise<string | null>;
  told(scene: Lacking): void;
  heard(state: 'online' | 'offline' | 'closed'): void;
}

export class Live {
  private source: EventSource | null = null;
  private last = 0;
  private wait = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private connecting = false;
  private stopped = false;
  private readonly ear: Ear;

  constructor(ear: Ear) {
    this.ear = ear;
    const wake = (): void => {
      if (document.visibilityState === 'visible' && Date.now() - this.last > 5_000) this.now();
    };
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('pageshow', wake);
    window.addEventListener('focus', wake);
    window.addEventListener('online', () => this.now());
    window.addEventListener('offline', () => this.ear.heard('offline'));
    setInterval(() => {
      if (this.source && Date.now() - this.last > SILENCE) this.now();
    }, 10_000);
  }

  /** Connects at once. */
  now(): void {
    this.wait = 0;
    void this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private async connect(): Promise<void> {
    if (this.connecting || this.stopped) return;
    this.connecting = true;
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
    const address = await this.ear.fetch();
    this.connecting = false;
    if (this.stopped) return;
    if (address === null) {
      this.ear.heard('offline');
      this.later();
      return;
    }
    this.listen(address);
  }

  private listen(address: string): void {
    const source = new EventSource(address);
    this.source = source;
    const alive = (): void => {
      this.last = Date.now();
      this.wait = 0;
      this.ear.heard('online');
    };
    source.onopen = alive;
    source.addEventListener('beat', alive);
    source.addEventListener('scene', (event) => {
      alive();
      this.ear.told(JSON.parse((event as MessageEvent<string>).data) as Lacking);
    });
    source.addEventListener('closed', () => {
      source.close();
      this.ear.heard('closed');
      this.later(5_000);
    });
    source.onerror = () => {
      source.close();
      if (this.source !== source) return;
      this.source = null;
      this.later();
    };
  }

  private later(least = FIRST_WAIT): void {
    this.wait = Math.min(LONGEST_WAIT, Math.max(least, this.wait * 2));
    this.timer = setTimeout(() => void this.connect(), this.wait * (0.7 + Math.random() * 0.6));
  }
}
