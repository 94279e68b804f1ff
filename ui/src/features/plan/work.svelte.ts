import { api, type PlanView } from '@/ipc';
import { act } from '@/notify/index.svelte';
import { dropBefore, neighbour } from './moves';
import { allActions, rows, type Row } from './rows';

/** What is being typed in the tree: a new line under a parent, or a new title. */
export type Typing = { what: 'add'; kind: Row['kind']; parent: string | null } | { what: 'rename'; id: string } | { what: 'move'; id: string } | null;

/** The tree of the plan: what has the focus, what is typed, and the moves. */
export class Work {
  focus = $state<string | null>(null);
  typing = $state<Typing>(null);
  gapsOnly = $state(false);

  readonly plan: () => PlanView | undefined;

  constructor(plan: () => PlanView | undefined) {
    this.plan = plan;
  }

  rows = $derived.by<Row[]>(() => {
    const plan = this.plan();
    return plan ? rows(plan, (a) => !this.gapsOnly || a.gaps.length > 0) : [];
  });

  tabStop = $derived.by(() => this.rows.some((r) => r.id === this.focus) ? this.focus : (this.rows[0]?.id ?? null));

  row(id: string | null): Row | undefined {
    return this.rows.find((r) => r.id === id);
  }

  walk(way: -1 | 1 | 'first' | 'last'): void {
    const at = this.rows.findIndex((r) => r.id === this.tabStop);
    const to = way === 'first' ? 0 : way === 'last' ? this.rows.length - 1 : at + way;
    this.focus = this.rows[Math.max(0, Math.min(this.rows.length - 1, to))]?.id ?? null;
  }

  /** One place up or down; an action at the edge of its objective goes on into the next one. */
  async shift(id: string, way: -1 | 1): Promise<void> {
    const row = this.row(id);
    if (!row) return;
    const before = neighbour(row.siblings, id, way);
    if (before !== undefined) await act(() => api.reorder(id, before));
    else if (row.kind === 'action') {
      const places = this.objectives().map((o) => o.id);
      const next = places[places.indexOf(row.parent ?? '') + way];
      if (next !== undefined) await this.moveAction(id, next, way === 1 ? 'first' : 'last');
    }
    this.focus = id;
  }

  objectives(): { id: string; name: string }[] {
    return (this.plan()?.axes ?? []).flatMap((a) => a.objectives.map((o) => ({ id: o.id, name: `${o.number} ${o.title}` })));
  }

  async moveAction(id: string, objective: string | null, place: 'first' | 'last' = 'last'): Promise<void> {
    const first = this.actionsOf(objective)[0] ?? null;
    await act(async () => {
      await api.edit(id, { objective });
      await api.reorder(id, place === 'first' ? first : null);
    });
    this.typing = null;
    this.focus = id;
  }

  /** Something let go on the upper or lower half of a line. */
  async drop(moved: string, on: string, half: 'upper' | 'lower'): Promise<void> {
    const from = this.row(moved);
    const to = this.row(on);
    if (!from || !to || moved === on) return;
    await act(async () => {
      if (from.kind === to.kind) {
        if (from.parent !== to.parent) await api.edit(moved, from.kind === 'action' ? { objective: to.parent } : { parent: to.parent });
        await api.reorder(moved, dropBefore(to.siblings, moved, on, half));
      } else if (from.kind === 'action' && to.kind === 'objective') {
        await api.edit(moved, { objective: on });
        await api.reorder(moved, null);
      } else if (from.kind === 'objective' && to.kind === 'axis') {
        await api.edit(moved, { parent: on });
        await api.reorder(moved, null);
      }
    });
  }

  async add(title: string): Promise<string | undefined> {
    const typing = this.typing;
    if (typing?.what !== 'add' || title.trim() === '') return undefined;
    const fields: Record<string, string | null> = { title: title.trim() };
    if (typing.kind === 'objective') fields['parent'] = typing.parent;
    if (typing.kind === 'action') fields['objective'] = typing.parent;
    const id = await act(() => api.create(typing.kind, fields, null));
    if (id !== undefined) this.focus = id;
    return id;
  }

  async rename(id: string, title: string): Promise<void> {
    this.typing = null;
    if (title.trim() !== '' && title.trim() !== this.row(id)?.title) await act(() => api.edit(id, { title: title.trim() }));
    this.focus = id;
  }

  /** Removes a line. What hung under it stays in the plan, as actions without objective. */
  async remove(id: string): Promise<boolean> {
    const at = this.rows.findIndex((r) => r.id === id);
    const next = this.rows[at + 1]?.id ?? this.rows[at - 1]?.id ?? null;
    const done = await act(() => api.remove([id]).then(() => true));
    if (done) this.focus = next;
    return done ?? false;
  }

  private actionsOf(objective: string | null): string[] {
    const plan = this.plan();
    if (!plan) return [];
    if (objective === null) return plan.loose.map((a) => a.id);
    return plan.axes.flatMap((a) => a.objectives).find((o) => o.id === objective)?.actions.map((a) => a.id) ?? [];
  }

  get withGaps(): number {
    const plan = this.plan();
    return plan ? allActions(plan).filter((a) => a.gaps.length > 0).length : 0;
  }
}
