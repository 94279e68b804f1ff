/** Tint of a heat map cell, 0 to 1 against the fullest; square root so that small rooms are still seen. */
export function tint(value: number, most: number): number {
  if (value <= 0 || most <= 0) return 0;
  return Math.round(Math.sqrt(value / most) * 100) / 100;
}
