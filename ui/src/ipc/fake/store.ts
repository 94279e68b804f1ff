//! The fake's memory: entities with fields, acts that can be taken back, and who listens.
import type { ActRow, AppError, JsonValue, View } from '../bindings';

export interface Entity {
  id: string;
  kind: string;
  fields: Record<string, JsonValue>;
}

interface Act {
  row: ActRow;
  before: Entity[];
  after: Entity[];
}

const allViews: View[] = ['home', 'preparation', 'board', 'ballot', 'projector', 'conflicts', 'consolidation', 'plan', 'history', 'agenda', 'attendance', 'closing', 'previous', 'arbitration', 'outcomes', 'charter'];

export class Store {
  entities: Entity[] = [];
  done: Act[] = [];
  undone: Act[] = [];
  #listeners = new Set<(views: View[]) => void>();
  #next = 1;

  newId(kind: string): string {
    return `${kind}-${this.#next++}`;
  }

  list(kind: string): Entity[] {
    return this.entities.filter((one) => one.kind === kind);
  }

  get(id: string): Entity {
    const found = this.entities.find((one) => one.id === id);
    if (!found) throw failure('no_such', `Rien ne correspond à « ${id} ».`);
    return found;
  }

  text(id: JsonValue | undefined, field = 'name'): string {
    const found = this.entities.find((one) => one.id === id);
    return String(found?.fields[field] ?? '');
  }

  add(kind: string, fields: Record<string, JsonValue>, id = this.newId(kind)): string {
    this.entities.push({ id, kind, fields });
    return id;
  }

  /** Does something as one act, that `undo` takes back. */
  act<T>(label: string, subject: string, entities: number, change: () => T): T {
    const before = structuredClone(this.entities);
    const value = change();
    const row: ActRow = { id: this.newId('act'), label, subject, entities, step: 'done', at: Date.now(), author: 'animatrice', replica: 'portable-1' };
    this.done.push({ row, before, after: structuredClone(this.entities) });
    this.undone = [];
    this.changed();
    return value;
  }

  back(): ActRow {
    const act = this.done.pop();
    if (!act) throw failure('nothing_to_undo', 'Rien à annuler.');
    this.entities = act.before;
    this.undone.push(act);
    this.changed();
    return act.row;
  }

  again(): ActRow {
    const act = this.undone.pop();
    if (!act) throw failure('nothing_to_redo', 'Rien à refaire.');
    this.entities = act.after;
    this.done.push(act);
    this.changed();
    return act.row;
  }

  move(id: string, before: string | null): void {
    const moved = this.get(id);
    const rest = this.entities.filter((one) => one.id !== id);
    const place = before === null ? rest.length : rest.findIndex((one) => one.id === before);
    rest.splice(place < 0 ? rest.length : place, 0, moved);
    this.entities = rest;
  }

  changed(views: View[] = allViews): void {
    // As over the bridge, the event comes after the answer.
    setTimeout(() => this.#listeners.forEach((listener) => listener(views)));
  }

  listen(listener: (views: View[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export function failure(code: string, message: string, hints: string[] = [], kind: AppError['kind'] = 'input'): AppError {
  return { kind, code, message, hints };
}
