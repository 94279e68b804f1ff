//! Whose history the side panel shows.
export interface Subject {
  /** An entity, or the whole démarche. */
  entity: string | null;
  title: string;
}

let shown = $state.raw<Subject | null>(null);

export const history = {
  get shown(): Subject | null {
    return shown;
  },
  show(entity: string | null, title = ''): void {
    shown = { entity, title };
  },
  close(): void {
    shown = null;
  },
};
