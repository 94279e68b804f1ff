/** Talking to the room. */

export interface Say {
  fr: string;
  en: string;
}

export interface Item {
  id: string;
  text: string;
  table?: number;
  supports: number;
}

export interface Option {
  id: string;
  label: string;
  /** In cents. */
  cost?: number;
}

type Ranking = 'schulze' | 'ranked-pairs' | 'copeland' | 'borda' | 'irv' | 'stv';

export interface Question {
  id: string;
  question: string;
  method: 'dots' | 'approval' | 'majority-judgment' | 'score' | Ranking | 'pairwise' | 'impact-effort' | 'budget' | 'consent' | 'consensus';
  rule: Say;
  options: Option[];
  points?: number;
  max_per_option?: number;
  max_choices?: number;
  grades: Say[];
  /** Least and highest score. */
  scale?: [number, number];
  /** Euros. */
  budget?: number;
  /** Until when it was said to last, by the laptop's clock. */
  closes_at?: number;
  /** In an order of this phone's own. */
  shuffled?: boolean;
  cards: boolean;
  secret: boolean;
  /** Where a bulletin may say that it comes from. */
  colleges?: Option[];
  territories?: Option[];
}

export interface Head {
  /** Only a rehearsal: nothing is kept. */
  rehearsal?: boolean;
  title: string;
  colour: number | null;
  number: number | null;
  question: string;
  sharing: 'all' | 'silent' | 'table';
  moderated: boolean;
  ballots: Question[];
}

/** What changed since a version; the head only where it changed. */
export interface Lacking extends Partial<Head> {
  version: string;
  /** The version that it builds on; none where it is all there is. */
  since: string | null;
  items: Item[];
  gone: string[];
}

export interface Point {
  impact: number;
  effort: number;
}
export type Stance = 'consent' | 'stand-aside' | 'object';
export type Opinion = 1 | 0 | -1;
/** Two options, and whether the first won; null where it was skipped. */
export type Duel = [string, string, boolean | null];

export type Bulletin =
  | { approve: string[] }
  | { points: Record<string, number> }
  | { grades: Record<string, number> }
  | { ranking: string[][] }
  | { scores: Record<string, number> | Record<string, Point> }
  | { duels: Duel[] }
  | { consent: { stances: Record<string, Stance>; reasons: Record<string, string> } }
  | { votes: Record<string, Opinion> };

/** Where a bulletin comes from, as far as one likes to say. */
export interface Origin {
  college?: string;
  territory?: string;
}

/** What came back: an answer, a refusal with its code, or nothing at all. */
export type Answer<T> = { ok: true; data: T; at: number } | { ok: false; code: string | null; status: number; again: number };

const PATIENCE = 12_000;

/** Asks the room something. Never throws. */
export async function ask<T>(path: string, identity: { token: string | null; secret: string }, body?: unknown): Promise<Answer<T>> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const headers: Record<string, string> = { 'X-Moisson-Device': identity.secret };
  if (identity.token !== null) headers['X-Moisson-Room'] = identity.token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    const response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      signal: stop.signal,
    });
    const data: unknown = await response.json();
    if (response.ok) return { ok: true, data: data as T, at: Date.parse(response.headers.get('Date') ?? '') };
    const code = (data as { refused?: string }).refused ?? null;
    return { ok: false, code, status: response.status, again: Number(response.headers.get('Retry-After') ?? 0) };
  } catch {
    return { ok: false, code: null, status: 0, again: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/** Whether trying again later may help: no network, a busy or absent laptop, too often. */
export const passing = (status: number): boolean => status === 0 || status === 408 || status === 421 || status === 429 || status >= 500;
