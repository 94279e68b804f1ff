/** What the phone keeps: under the room's name, so that two rooms on one address never mix. */

const memory = new Map<string, string>();

/** Storage may be refused (private browsing, full): the page then remembers until it is closed. */
function read(key: string): string | null {
  try {
    return memory.get(key) ?? localStorage.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
}

function write(key: string, value: string | null): void {
  memory.delete(key);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    if (value !== null) memory.set(key, value);
  }
}

/** The token last used here. */
export const token = {
  get: (): string | null => read('moisson.token'),
  set: (value: string | null): void => write('moisson.token', value),
};

export const language = {
  get: (): string | null => read('moisson.language'),
  set: (value: string): void => write('moisson.language', value),
};

/** A random number of 128 bits. Not `crypto.randomUUID`: it is missing on pages without https. */
export function draw(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What is kept for one room. */
export class Shelf {
  private readonly prefix: string;

  constructor(room: string) {
    this.prefix = `moisson.${room}.`;
  }

  get<T>(key: string, otherwise: T): T {
    const text = read(this.prefix + key);
    if (text === null) return otherwise;
    try {
      return JSON.parse(text) as T;
    } catch {
      return otherwise;
    }
  }

  set(key: string, value: unknown): void {
    write(this.prefix + key, JSON.stringify(value));
  }

  /** The phone's secret in this room, drawn once. */
  secret(): string {
    const kept = this.get<string>('secret', '');
    if (/^[0-9a-f]{32}$/.test(kept)) return kept;
    const drawn = draw();
    this.set('secret', drawn);
    return drawn;
  }
}

/** The room's name in a token. */
export const roomOf = (of: string): string => of.split('.')[0] ?? '';
