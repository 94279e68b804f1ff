//! What an answer shows: the columns of each question, and the cells of a row.
import { formatDay, formatEuros, formatNumber } from '@/i18n/format';
import { t, word, type Key } from '@/i18n/index.svelte';
import type { RegionQuestion, RegionRow, RegionTotal } from '@/ipc';

export interface Cell {
  text: string;
  /** Numbers stand at the right. */
  number?: boolean;
}

export const columns: Record<RegionQuestion, string[]> = {
  themes: ['demarche', 'theme', 'territory', 'workshops', 'proposals', 'clustered'],
  support: ['demarche', 'theme', 'proposals', 'said_again'],
  cost: ['demarche', 'axis', 'actions', 'planned'],
  late: ['demarche', 'number', 'action', 'leads', 'ends_on', 'why'],
  unanswered: ['demarche', 'proposals', 'unanswered'],
  likeness: ['demarche', 'cluster', 'other_demarche', 'other_cluster', 'score', 'why'],
};

/** The column whose figures the totals add up. */
export const summed: Partial<Record<RegionQuestion, string>> = { themes: 'proposals', support: 'said_again', cost: 'planned' };

const numbers = new Set(['workshops', 'proposals', 'clustered', 'said_again', 'actions', 'planned', 'unanswered', 'score']);

export const isNumber = (column: string): boolean => numbers.has(column);
export const heading = (column: string): string => t(`region.col.${column}` as Key);

const places = (name: string, where: string): string => (where ? `${name} (${where})` : name);

/** What stands in a column of a row. */
export function cell(row: RegionRow, column: string): Cell {
  const number = isNumber(column);
  const value = (row as unknown as Record<string, unknown>)[column];
  if (column === 'planned') return { text: formatEuros(value as number), number };
  if (column === 'score') return { text: formatNumber(value as number, { style: 'percent' }), number };
  if (number) return { text: formatNumber(value as number), number };
  if (column === 'ends_on') return { text: formatDay(value as string | null, 'numeric') };
  if (column === 'leads') return { text: (value as string[]).join(', ') };
  if (column === 'why') return { text: Array.isArray(value) ? value.join(', ') : word('plan.follow.late', value as string) };
  if (column === 'theme' && !value) return { text: t('region.no_theme') };
  if (column === 'axis' && !value) return { text: t('region.no_axis') };
  if (column === 'cluster') return { text: places(value as string, row.territories ?? '') };
  if (column === 'other_cluster') return { text: places(value as string, row.other_territories ?? '') };
  return { text: (value as string | null) || t('region.unnamed') };
}

export const totalName = (question: RegionQuestion, total: RegionTotal): string => total.name || t(question === 'cost' ? 'region.no_axis' : 'region.no_theme');
export const totalText = (question: RegionQuestion, total: RegionTotal): string => (question === 'cost' ? formatEuros(total.count) : formatNumber(total.count));
