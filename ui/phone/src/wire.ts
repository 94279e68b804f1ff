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

export interface Question {
  id: string;
  question: string;
  method: 'dots' | 'approval' | 'majority-judgment';
  rule: Say;
  options: { id: string; label: string }[];
  points?: number;
  max_per_option?: number;
  max_choices?: number;
  grades: Say[];
  cards: boolean;
  secret: boolean;
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

export interface Lacking extends Head {
  version: string;
  whole: boolean;
  items: Item[];
  gone: string[];
}

export type Bulletin = { approve: string[] } | { points: Record<string, number> } | { grades: Record<string, number> };

/** What came back: an answer, a refusal with its code, or nothing at all. */
export type Answer<T> = { ok: true; data: T } | { ok: false; code: string | null; status: number; again: number };

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
    if (response.ok) return { ok: true, data: data as T };
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
