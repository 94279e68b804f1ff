import type { ProposalFilter } from '@/ipc';

/** Filters kept under a name, and where one last looked, on this computer and for one démarche. */

export interface Saved {
  name: string;
  filter: ProposalFilter;
}

const keyOf = (what: 'filters' | 'mark', process: string): string => `moisson.consolider.${what}.${process}`;

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A window that may not remember works all the same.
  }
}

const isSaved = (one: unknown): one is Saved => typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string' && 'filter' in one && typeof one.filter === 'object';

export function savedFilters(process: string): Saved[] {
  const all = read(keyOf('filters', process));
  return Array.isArray(all) ? all.filter(isSaved) : [];
}

/** Keeps a filter under a name, in the place of one of the same name; gives all. */
export function saveFilter(process: string, name: string, filter: ProposalFilter): Saved[] {
  const all = [...savedFilters(process).filter((one) => one.name !== name), { name, filter: { ...filter, since: null } }];
  keep(keyOf('filters', process), all);
  return all;
}

export function forgetFilter(process: string, name: string): Saved[] {
  const all = savedFilters(process).filter((one) => one.name !== name);
  keep(keyOf('filters', process), all);
  return all;
}

/** Where the journal stood when one last looked; null for who never did. */
export function lastMark(process: string): number | null {
  const mark = read(keyOf('mark', process));
  return typeof mark === 'number' ? mark : null;
}

export const keepMark = (process: string, mark: number): void => keep(keyOf('mark', process), mark);
