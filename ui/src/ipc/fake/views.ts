//! What Accueil reads.
import type { Counts, Home, Todo } from '../bindings';
import { conflictViews, waiting } from './merge';
import { planView } from './plan';
import { name, processRow, str, workshops } from './rows';
import { day } from './sample';
import type { Store } from './store';

export function home(store: Store): Home {
  const process = processRow(store);
  const all = workshops(store).sort((a, b) => (a.date ?? '9').localeCompare(b.date ?? '9'));
  const proposals = store.list('proposal');
  const clustered = proposals.filter((one) => one.fields.cluster).length;
  const counts: Counts = {
    workshops: all.length, closed: all.filter((one) => one.state === 'closed').length, proposals: proposals.length, clustered,
    actions: store.list('action').length, conflicts: conflictViews(store).length, waiting: waiting(store),
  };
  const todo: Todo[] = [];
  if (counts.waiting > 0) todo.push({ kind: 'missing_dossier', changes: counts.waiting });
  if (counts.conflicts > 0) todo.push({ kind: 'conflicts', count: counts.conflicts });
  for (const ballot of store.list('ballot').filter((one) => one.fields.state === 'open')) todo.push({ kind: 'open_ballot', workshop: str(ballot.fields.workshop), question: name(ballot.fields.question) });
  for (const one of all) {
    if (one.state !== 'closed' && one.proposals > 0 && (one.date ?? '9') < day(0)) todo.push({ kind: 'to_close', workshop: one.id, title: one.title });
  }
  const ungrouped = all.filter((one) => one.state === 'closed' && one.ungrouped > 0);
  if (ungrouped.length > 0) todo.push({ kind: 'ungrouped', workshops: ungrouped.map((one) => ({ id: one.id, name: one.title })), count: ungrouped.reduce((sum, one) => sum + one.ungrouped, 0) });
  if (counts.closed > 0 && proposals.length > clustered) todo.push({ kind: 'unclustered', count: proposals.length - clustered });
  const plan = planView(store);
  if (plan.clusters.length > 0) todo.push({ kind: 'clusters_without_action', count: plan.clusters.length });
  if (plan.gaps > 0) todo.push({ kind: 'action_gaps', count: plan.gaps });
  const until = process.presented_on ? Math.round((Date.parse(process.presented_on) - Date.parse(day(0))) / 86_400_000) : null;
  return { process, days_to_presentation: until, next: all.find((one) => one.state === 'running') ?? all.find((one) => one.state !== 'closed') ?? null, workshops: all, counts, todo };
}
