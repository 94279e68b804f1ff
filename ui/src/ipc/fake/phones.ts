//! A pretend room for phones: a few came, one waits to be read.
import type { BallotRow, JoinView, OpenRoom, PhonesView, RoomOptions, Sharing } from '../bindings';
import type { Store } from './store';

/** Not a code that a camera reads: only what one looks like. */
function pretendQr(text: string): string {
  const side = 29;
  let seed = [...text].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 2_147_483_647, 7);
  const cells: string[] = [];
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      seed = (seed * 48_271) % 2_147_483_647;
      if (seed % 2 === 0) cells.push(`M${x + 2} ${y + 2}h1v1h-1z`);
    }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33"><path fill="#fff" d="M0 0h33v33H0z"/><path d="${cells.join('')}"/></svg>`;
}

export class FakePhones {
  private room: OpenRoom | null = null;
  private readonly store: Store;
  /** Where the laptop is on the Wi-Fi. */
  wireless = '192.168.1.20';

  constructor(store: Store) {
    this.store = store;
  }

  get join(): JoinView | null {
    return this.room?.join ?? null;
  }

  view(ballots: (workshop: string) => BallotRow[]): PhonesView {
    const interfaces = [
      { name: 'wlan0', address: this.wireless, loopback: false },
      { name: 'lo', address: '127.0.0.1', loopback: true },
    ];
    if (!this.room) return { room: null, interfaces };
    const open = ballots(this.room.workshop).filter((one) => one.state === 'open');
    const votes = open.map((one) => ({ id: one.id, question: one.question, by_phone: one.method !== 'hands', bulletins: one.bulletins, cards: 0, used: 0 }));
    return { room: { ...this.room, votes }, interfaces };
  }

  open({ workshop, address, wifi }: RoomOptions): void {
    const page = `http://${address}:4747`;
    this.room = {
      workshop, join: { address: page, word: 'MTKWVB', page_qr: pretendQr(page), wifi: wifi || null, wifi_qr: wifi ? pretendQr(wifi) : null }, connected: 18, sharing: 'all', moderated: true, votes: [],
      devices: [1, 2, 3, 4].map((number) => ({ tag: `tag${number}`, number, connected: number !== 3, proposals: 5 - number, refused: number === 4 ? 12 : 0, silenced: false })),
      refusals: [{ reason: 'often', count: 12 }, { reason: 'token', count: 1 }],
      held: [{ key: 'h1', text: 'Un bus qui passe après la fin du poste du soir', table: 3, device: 'tag2' }, { key: 'h2', text: 'Prêter une voiture le temps de trouver', table: null, device: 'tag4' }],
    };
    this.changed();
  }

  close(): void {
    this.room = null;
    this.changed();
  }

  set(sharing: Sharing, moderated: boolean): void {
    this.with((room) => ({ ...room, sharing, moderated }));
  }

  /** The words of a proposal that is no longer held. */
  judge(key: string): string {
    const text = this.room?.held.find((one) => one.key === key)?.text ?? '';
    this.with((room) => ({ ...room, held: room.held.filter((one) => one.key !== key) }));
    return text;
  }

  silence(tag: string, silenced: boolean): void {
    this.with((room) => ({ ...room, devices: room.devices.map((one) => (one.tag === tag ? { ...one, silenced } : one)) }));
  }

  private with(change: (room: OpenRoom) => OpenRoom): void {
    if (this.room) this.room = change(this.room);
    this.changed();
  }

  private changed(): void {
    this.store.changed(['phones', 'projector']);
  }
}
