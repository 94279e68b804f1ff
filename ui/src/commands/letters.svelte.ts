//! Whether keys without Ctrl or Alt do things: who dictates or presses keys by mistake switches them off (WCAG 2.1.4).
const key = 'moisson.letters';

function kept(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

let on = $state(kept());

export const letters = {
  get on(): boolean {
    return on;
  },
  set on(wanted: boolean) {
    on = wanted;
    try {
      localStorage.setItem(key, wanted ? 'on' : 'off');
    } catch {
      // Asked again next time.
    }
  },
};

/** Whether a stroke is one sign alone, with Shift or without. */
export const isSign = (stroke: string): boolean => [...stroke.replace(/^Shift\+/, '')].length === 1;
