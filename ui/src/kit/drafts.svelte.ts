//! Words not noted yet, kept on this computer through a crash. Those of a rehearsal are kept apart and go with it: what is played
//! the day before must not stand in the line of the real atelier, nor the other way round.

const REAL = 'moisson.draft.';
const PLAYED = 'moisson.rehearsal.draft.';

let playing = $state(false);
const key = (name: string): string => (playing ? PLAYED : REAL) + name;

export const drafts = {
  /** Unfinished words under a name; read again when a rehearsal begins or ends. */
  read(name: string): string {
    const from = key(name);
    try {
      return localStorage.getItem(from) ?? '';
    } catch {
      return ''; // storage switched off: the line still works, it only forgets
    }
  },

  write(name: string, text: string): void {
    try {
      if (text === '') localStorage.removeItem(key(name));
      else localStorage.setItem(key(name), text);
    } catch {
      // storage full or switched off: never in the way of typing
    }
  },

  /** A rehearsal is played, or is not: then whatever was typed in one goes. */
  play(rehearsal: boolean): void {
    playing = rehearsal;
    if (rehearsal) return;
    try {
      const names = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '');
      for (const name of names) if (name.startsWith(PLAYED)) localStorage.removeItem(name);
    } catch {
      // nothing was kept
    }
  },
};
