import type { HeatCell } from '@/ipc';

/** What the heat map is tinted by. */
export const MEASURES = ['proposals', 'said_again', 'agreement'] as const;
export type Measure = (typeof MEASURES)[number];

/** The number a cell is tinted by; null where nobody knows. */
export const measured = (cell: HeatCell, measure: Measure): number | null => cell[measure];

/** Tint of a heat map cell, 0 to 1 against the fullest; square root so that small rooms are still seen. */
export function tint(value: number, most: number): number {
  if (value <= 0 || most <= 0) return 0;
  return Math.round(Math.sqrt(value / most) * 100) / 100;
}
