import { api, type ClusterRow, type Consolidation, type ProposalFilter, type SourceProposal } from '@/ipc';
import { t } from '@/i18n/index.svelte';
import { act, done } from '@/notify/index.svelte';
import { Picks } from './picks.svelte';

const OPEN: ProposalFilter = { theme: null, territory: null, workshop: null, cluster: null, untreated: false, text: null, since: null, news: false };

/** The lead's work on proposals of all ateliers: what is filtered, picked, named; and the acts. */
export class Work {
  filter = $state.raw<ProposalFilter>(OPEN);
  readonly picks = new Picks();
  /** The name field of a rapprochement to be made. */
  naming = $state<string | null>(null);
  renaming = $state<string | null>(null);
  /** The rapprochement that is about to join another. */
  joining = $state<string | null>(null);

  readonly data: () => Consolidation | undefined;

  constructor(data: () => Consolidation | undefined) {
    this.data = data;
  }

  order = $derived.by(() => (this.data()?.proposals ?? []).map((p) => p.id));

  get filtered(): boolean {
    return JSON.stringify({ ...this.filter, since: null }) !== JSON.stringify(OPEN);
  }

  narrow(part: Partial<ProposalFilter>): void {
    this.filter = { ...this.filter, ...part };
    this.picks.clear();
  }

  /** From where the journal stood the last time, what came since is new. */
  lookedAt(mark: number | null): void {
    if (mark !== null && this.filter.since === null) this.filter = { ...this.filter, since: mark };
  }

  /** A filter kept under a name, with today's sense of what is new. */
  take(filter: ProposalFilter): void {
    this.narrow({ ...OPEN, ...filter, since: this.filter.since ?? null });
  }

  widen(): void {
    this.filter = { ...OPEN, since: this.filter.since ?? null };
    this.picks.clear();
  }

  get subjects(): string[] {
    const chosen = this.order.filter((id) => this.picks.ids.has(id));
    if (chosen.length > 0) return chosen;
    return this.picks.focus !== null && this.order.includes(this.picks.focus) ? [this.picks.focus] : [];
  }

  proposal(id: string): SourceProposal | undefined {
    return this.data()?.proposals.find((p) => p.id === id);
  }

  startNaming(): void {
    const first = this.proposal(this.subjects[0] ?? '');
    if (first) this.naming = first.group?.name ?? first.text.split(/\s+/u).slice(0, 6).join(' ');
  }

  /** The rapprochement whose number or very name is typed. */
  named(typed: string): ClusterRow | undefined {
    const name = typed.trim();
    const clusters = this.data()?.clusters ?? [];
    if (/^\d{1,3}$/u.test(name)) return clusters[Number(name) - 1];
    return clusters.find((c) => c.name.toLowerCase() === name.toLowerCase());
  }

  /** Into a new rapprochement, or the one whose number or very name was typed. */
  async finishNaming(typed: string): Promise<void> {
    const name = typed.trim();
    const ids = this.subjects;
    if (name === '' || ids.length === 0) return;
    const known = this.named(name);
    this.naming = null;
    if (known) await this.into(known.id, ids);
    else if (await act(() => api.cluster(ids, { to: 'new', name }))) this.picks.clear();
  }

  async into(cluster: string | null, ids: string[]): Promise<void> {
    await act(() => api.cluster(ids, cluster === null ? { to: 'none' } : { to: 'existing', id: cluster }));
    this.picks.clear();
  }

  async rename(id: string, name: string): Promise<void> {
    this.renaming = null;
    const known = this.data()?.clusters.find((c) => c.id === id);
    if (name.trim() !== '' && name.trim() !== known?.name) await act(() => api.edit(id, { name: name.trim() }));
  }

  /** Into the rapprochement whose number or very name was typed, which keeps its name. */
  async join(id: string, typed: string): Promise<void> {
    const into = this.named(typed);
    const name = this.data()?.clusters.find((c) => c.id === id)?.name ?? '';
    if (!into || into.id === id) return;
    this.joining = null;
    if (await act(() => api.joinClusters(into.id, [id]).then(() => true))) done(t('consolider.clusters.joined', { name, into: into.name }));
  }

  async note(id: string, note: string): Promise<void> {
    const known = this.data()?.clusters.find((c) => c.id === id);
    if (note.trim() !== (known?.note ?? '')) await act(() => api.edit(id, { note: note.trim() || null }));
  }

  async move(id: string, way: -1 | 1): Promise<void> {
    const ids = (this.data()?.clusters ?? []).map((c) => c.id);
    const to = ids.indexOf(id) + way;
    if (to < 0 || to >= ids.length) return;
    await act(() => api.reorder(id, (way === -1 ? ids[to] : ids[to + 1]) ?? null));
  }

  /** Draft of an action made of a rapprochement; its id, to go to. */
  async draft(cluster: string): Promise<string | undefined> {
    return act(() => api.draftAction(cluster, null));
  }
}
