import type { Board, ProposalCard, Resembling, Target } from '@/ipc';
import { api } from '@/ipc';
import { t } from '@/i18n/index.svelte';
import { act, fail } from '@/notify/index.svelte';
import { drafts } from '@/kit/drafts.svelte';
import { countOf, parseCapture, type Context } from './capture';
import { placeOf, step, type Columns, type Direction } from './grid';
import { Likeness } from './likeness.svelte';
import { groupByNumber, suggestName } from './naming';
import { Selection } from './selection.svelte';
import { choices } from './tokens';
import { joined, pieces } from './wording';

/** A column of the board: a regroupement, or « À classer » when it has no id. */
export interface ColumnModel {
  id: string | null;
  number: number;
  name: string;
  conflict: boolean;
  cards: readonly ProposalCard[];
}

/** The name field that grouping opens, and what it is about. */
export interface Naming {
  ids: string[];
  name: string;
}

/** Where the menu of a card stands. */
export interface MenuPlace {
  x: number;
  y: number;
}

/** The field that splitting or joining opens. */
export interface Rewording {
  how: 'split' | 'join';
  ids: string[];
  text: string;
}

/** The state of one room screen: what is selected, edited, named; and the acts on the board. */
export class Room {
  readonly selection = new Selection();
  editing = $state<string | null>(null);
  naming = $state<Naming | null>(null);
  rewording = $state<Rewording | null>(null);
  menu = $state.raw<MenuPlace | null>(null);
  text = $state('');
  context = $state<Context>({ table: null, finding: null, organisation: null });
  /** The fiche-action just begun here, to go to. */
  made = $state<{ action: string; name: string } | null>(null);
  /** A card that must be drawn and take the keyboard. */
  wanted = $state<string | null>(null);

  readonly workshop: string;
  readonly likeness: Likeness;
  readonly board: () => Board | undefined;

  constructor(workshop: string, board: () => Board | undefined) {
    this.workshop = workshop;
    this.board = board;
    this.likeness = new Likeness(workshop);
  }

  /** What marks between the words may name. */
  choices = $derived.by(() => choices(this.board(), (table) => t('animer.card.table', { table })));

  /** What noting would note. */
  captures = $derived.by(() => parseCapture(this.text, this.choices, this.context));

  models = $derived.by<ColumnModel[]>(() => {
    const board = this.board();
    if (!board) return [];
    return [
      ...board.groups.map((g, i) => ({ id: g.id, number: i + 1, name: g.name, conflict: g.conflict, cards: g.proposals })),
      { id: null, number: 0, name: '', conflict: false, cards: board.ungrouped },
    ];
  });

  columns = $derived.by<Columns>(() => this.models.map((m) => m.cards.map((c) => c.id)));

  /** The card that Tab reaches: the one last focused, else the first. */
  tabStop = $derived.by(() => this.selection.focus ?? this.columns.find((c) => c.length > 0)?.[0] ?? null);

  /** What an act is about: the selection, or else the card in focus. */
  get subjects(): string[] {
    const chosen = this.selection.ordered(this.columns);
    if (chosen.length > 0) return chosen;
    return this.selection.focus === null ? [] : [this.selection.focus];
  }

  card(id: string): ProposalCard | undefined {
    for (const model of this.models) {
      const card = model.cards.find((c) => c.id === id);
      if (card) return card;
    }
    return undefined;
  }

  /** Notes what is in the line, as one act. The line is free at once; words that could not be noted come back to it. */
  async note(): Promise<number> {
    const { text, captures } = this;
    if (captures.length === 0) return 0;
    this.text = '';
    try {
      await api.captureAll(this.workshop, captures);
      if (this.text === '') drafts.write(this.workshop, '');
      return countOf(captures);
    } catch (error) {
      // What was typed meanwhile stays, below what comes back.
      this.text = this.text === '' ? text : `${text}\n${this.text}`;
      drafts.write(this.workshop, this.text);
      fail(error);
      return 0;
    }
  }

  /** Counts a proposal once more. */
  async sayAgain(id: string, text: string): Promise<boolean> {
    const said = await act(() => api.sayAgain(id, this.workshop), t('animer.again.done', { text }));
    return said !== undefined;
  }

  /** What is typed was said already: it is counted there instead of noted, and the line is free. */
  async sayLineAgain(one: Resembling | null = this.likeness.again): Promise<void> {
    if (one === null) return;
    const typed = this.text;
    this.text = '';
    if (await this.sayAgain(one.id, one.text)) drafts.write(this.workshop, this.text);
    else if (this.text === '') this.text = typed;
  }

  /** Puts a card together with one that says the same: in its regroupement here, in a rapprochement with another atelier. */
  async accept(card: string, one: Resembling): Promise<void> {
    const mine = this.card(card);
    if (!mine) return;
    if (!one.here) {
      const target: Target = one.cluster ? { to: 'existing', id: one.cluster.id } : { to: 'new', name: suggestName([mine.text, one.text]) };
      await act(() => api.cluster(one.cluster ? [card] : [card, one.id], target), t('animer.like.clustered'));
    } else if (one.group) await act(() => api.group([card], { to: 'existing', id: one.group?.id ?? '' }));
    else if (mine.group !== null) await act(() => api.group([one.id], { to: 'existing', id: mine.group ?? '' }));
    else {
      this.wanted = null;
      this.naming = { ids: [card, one.id], name: suggestName([mine.text, one.text]) };
    }
  }

  /** Judges them different: they are not suggested to each other any more. */
  async refuse(card: string, one: Resembling): Promise<void> {
    await act(() => api.tellApart(card, one.id).then(() => true), t('animer.like.refused'));
    this.likeness.found = this.likeness.found.filter((other) => other.id !== one.id);
  }

  /** Opens the menu of a card, or of the selection it is part of. */
  openMenu(id: string, place: MenuPlace): void {
    if (!this.selection.has(id)) this.selection.only(id);
    this.selection.focus = id;
    this.menu = place;
  }

  startSplit(): void {
    const [id] = this.subjects;
    const card = id === undefined ? undefined : this.card(id);
    if (!card) return;
    this.wanted = null;
    this.rewording = { how: 'split', ids: [card.id], text: pieces(card.text).join('\n') };
  }

  startJoin(ids: string[] = this.subjects): void {
    if (ids.length < 2) return;
    this.wanted = null;
    this.rewording = { how: 'join', ids, text: joined(ids.map((id) => this.card(id)?.text ?? '')) };
  }

  /** Splits or joins in the words that were typed; what comes of it has the focus. */
  async finishRewording(text: string): Promise<void> {
    const { rewording } = this;
    if (!rewording) return;
    this.rewording = null;
    const [first = ''] = rewording.ids;
    const made =
      rewording.how === 'split'
        ? await act(() => api.split(first, text.split('\n')), (ids) => t('animer.split.done', { count: ids.length }))
        : await act(() => api.join(rewording.ids, text.replace(/\s*\n\s*/gu, ' ')).then((id) => [id]), t('animer.join.done', { count: rewording.ids.length }));
    if (!made) {
      this.rewording = { ...rewording, text };
      return;
    }
    this.selection.clear();
    this.selection.focus = made[0] ?? null;
    this.wanted = made[0] ?? null;
  }

  /** Puts the subjects aside; the focus goes to what stands next. */
  async park(): Promise<void> {
    const ids = this.subjects;
    const next = this.#after(ids);
    const done = await act(() => api.park(ids, true).then(() => true), t('animer.parked.done', { count: ids.length }));
    if (done) this.#goOn(next);
  }

  go(direction: Direction, extend = false): void {
    const next = step(this.columns, this.selection.focus, direction);
    if (next === null) return;
    if (extend) this.selection.extend(this.columns, next);
    else this.selection.focus = next;
    this.wanted = next;
  }

  focusBoard(): void {
    this.wanted = this.tabStop;
  }

  async edit(id: string, fields: Record<string, string | number | null>): Promise<void> {
    await act(() => api.edit(id, fields));
  }

  startNaming(): void {
    const ids = this.subjects;
    if (ids.length === 0) return;
    this.wanted = null;
    this.naming = { ids, name: suggestName(ids.map((id) => this.card(id)?.text ?? '')) };
  }

  /** Groups under the typed name, or into the regroupement whose number or very name was typed. */
  async finishNaming(typed: string): Promise<void> {
    const naming = this.naming;
    const name = typed.trim();
    if (!naming || name === '') return;
    const groups = this.board()?.groups ?? [];
    const known = groupByNumber(name, groups) ?? groups.find((g) => g.name.toLowerCase() === name.toLowerCase());
    this.naming = null;
    await this.moveTo(naming.ids, known ? { to: 'existing', id: known.id } : { to: 'new', name });
  }

  async moveTo(ids: string[], target: Target): Promise<void> {
    await act(() => api.group(ids, target));
    this.selection.clear();
  }

  /** Moves to the column beside, as a drag would. */
  async moveSideways(way: -1 | 1): Promise<void> {
    const ids = this.subjects;
    const at = placeOf(this.columns, ids[0] ?? null);
    const model = at && this.models[at.column + way];
    if (!model) return;
    const focus = this.selection.focus;
    await act(() => api.group(ids, model.id === null ? { to: 'none' } : { to: 'existing', id: model.id }));
    this.selection.focus = focus;
    this.wanted = focus;
  }

  /** Moves one place up or down in its column. */
  async moveInColumn(way: -1 | 1): Promise<void> {
    const id = this.selection.focus;
    const at = placeOf(this.columns, id);
    const cards = at && this.columns[at.column];
    if (!id || !at || !cards) return;
    const row = at.row + way;
    if (row < 0 || row >= cards.length) return;
    const before = way === -1 ? (cards[row] ?? null) : (cards[row + 1] ?? null);
    await act(() => api.reorder(id, before));
    this.wanted = id;
  }

  async save(id: string, fields: Record<string, string | number | null>): Promise<void> {
    this.editing = null;
    if (Object.keys(fields).length > 0) await act(() => api.edit(id, fields));
    this.selection.focus = id;
    this.wanted = id;
  }

  async rename(group: string, name: string): Promise<void> {
    const known = this.board()?.groups.find((g) => g.id === group);
    if (name.trim() === '' || known?.name === name.trim()) return;
    await act(() => api.edit(group, { name: name.trim() }));
  }

  /** The regroupement goes; its proposals come back to « À classer », in the same act. */
  async dissolve(group: string): Promise<boolean> {
    const done = await act(() => api.remove([group]).then(() => true));
    return done ?? false;
  }

  async moveGroup(group: string, way: -1 | 1): Promise<void> {
    const groups = this.board()?.groups ?? [];
    const at = groups.findIndex((g) => g.id === group);
    const to = at + way;
    if (at < 0 || to < 0 || to >= groups.length) return;
    const before = way === -1 ? groups[to]?.id : groups[to + 1]?.id;
    await act(() => api.reorder(group, before ?? null));
  }

  /** Removes the subjects; the focus goes to what stands next so that the keyboard is never lost. */
  async remove(): Promise<string[]> {
    const ids = this.subjects;
    if (ids.length === 0) return [];
    const next = this.#after(ids);
    const done = await act(() => api.remove(ids).then(() => true));
    if (!done) return [];
    this.#goOn(next);
    return ids;
  }

  /** The card that stands after these, or before them. */
  #after(ids: readonly string[]): string | null {
    const flat = this.columns.flat();
    const last = flat.indexOf(ids.at(-1) ?? '');
    return flat.slice(last + 1).find((id) => !ids.includes(id)) ?? flat.findLast((id) => !ids.includes(id)) ?? null;
  }

  #goOn(next: string | null): void {
    this.selection.clear();
    this.selection.focus = next;
    this.wanted = next;
  }
}
