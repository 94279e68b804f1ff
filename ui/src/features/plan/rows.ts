import type { ActionRow, PlanView } from '@/ipc';

/** The plan flattened, one row per line on screen: what arrows walk and what moves are computed from. */
export interface Row {
  kind: 'axis' | 'objective' | 'action';
  id: string;
  parent: string | null;
  number: string;
  title: string;
  /** Ids of its own kind under the same parent, in order, itself included. */
  siblings: string[];
  action: ActionRow | null;
}

export function rows(plan: PlanView, keep: (action: ActionRow) => boolean = () => true): Row[] {
  const list: Row[] = [];
  const axes = plan.axes.map((a) => a.id);
  const actions = (all: readonly ActionRow[], parent: string | null) => {
    const siblings = all.map((a) => a.id);
    for (const action of all)
      if (keep(action)) list.push({ kind: 'action', id: action.id, parent, number: action.number, title: action.title, siblings, action });
  };
  for (const axis of plan.axes) {
    list.push({ kind: 'axis', id: axis.id, parent: null, number: axis.number, title: axis.title, siblings: axes, action: null });
    const objectives = axis.objectives.map((o) => o.id);
    for (const o of axis.objectives) {
      list.push({ kind: 'objective', id: o.id, parent: axis.id, number: o.number, title: o.title, siblings: objectives, action: null });
      actions(o.actions, o.id);
    }
  }
  actions(plan.loose, null);
  return list;
}

export function allActions(plan: PlanView): ActionRow[] {
  return [...plan.axes.flatMap((a) => a.objectives.flatMap((o) => o.actions)), ...plan.loose];
}
