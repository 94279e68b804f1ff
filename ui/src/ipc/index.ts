//! The one way from the window to the rest: `api`. In a plain browser and in tests it is an in-memory fake.
import type { Api } from './api';

export type * from './bindings';
export { isAppError, type Api, type DropEvent, type EntityKind, type Fields, type FileFilter, type Preferences } from './api';

let current: Api | null = null;

/** Whether the page runs inside the desktop window. */
export const inDesktop = (): boolean => typeof window !== 'undefined' && '__TAURI_INTERNALS__' in window;

/** Chooses what stands behind `api`; `main.ts` does it once, each test does it for itself. */
export function connect(chosen: Api): void {
  current = chosen;
}

/** What the window can ask for. */
export const api: Api = new Proxy({} as Api, {
  get(_, name) {
    if (!current) throw new Error('`connect` comes before the first call');
    return current[name as keyof Api];
  },
});

/** Connects to Rust, or to the fake where there is no desktop around. */
export async function connectHere(): Promise<void> {
  if (inDesktop()) connect((await import('./tauri')).tauriApi());
  else {
    const asked = new URLSearchParams(location.search);
    connect((await import('./fake')).fakeApi({ open: !asked.has('accueil') && !asked.has('premier'), first: asked.has('premier'), language: asked.get('langue') === 'en' ? 'en' : 'fr', wall: asked.get('mur') }));
  }
}
