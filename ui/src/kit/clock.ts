//! The countdown, as the room screen and the projector show it. The clock is given, never read.

/** Milliseconds left on a countdown; negative once it is over, null when none is set. */
export function timeLeft(timer: { ends_at: number | null; left: number | null }, now: number): number | null {
  if (timer.ends_at !== null) return timer.ends_at - now;
  return timer.left;
}

/** `12:04`, `−1:30` once over, `1:02:03` beyond an hour. */
export function countdown(ms: number): string {
  // Round up while it runs, so that a timer just set to 40 minutes reads 40:00.
  const over = ms < 0;
  const total = over ? Math.floor(-ms / 1000) : Math.ceil(ms / 1000);
  const h = Math.floor(total / 3600);
  const m = Math.floor((total % 3600) / 60);
  const s = String(total % 60).padStart(2, '0');
  const text = h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
  return over && total > 0 ? `−${text}` : text;
}
