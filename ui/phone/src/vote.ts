/** Voting: the open votes, one after the other. */
import { approvalFields, consentFields, dotsFields, gradeFields, opinionFields, scoreFields } from './ballots';
import { duelFields } from './duels';
import type { Fields } from './fields';
import { planeFields } from './plane';
import { rankFields } from './rank';
import type { App, Speech } from './app';
import { glued, h, mark, say } from './dom';
import { draw } from './memory';
import type { Vote } from './outbox';
import type { View } from './propose';
import { reason, type Words } from './words';
import type { Bulletin, Origin, Point, Question } from './wire';

/** What was said under this name, if the bulletin has it. */
function under<T>(said: Bulletin | undefined, name: string, none: T): T {
  const all: Partial<Record<string, unknown>> = said ?? {};
  return (all[name] as T | undefined) ?? none;
}

function fields(question: Question, speech: Speech, said: Bulletin | undefined): Fields {
  switch (question.method) {
    case 'dots':
      return dotsFields(question, speech.words, under(said, 'points', {}));
    case 'approval':
    case 'budget':
      return approvalFields(question, speech, under(said, 'approve', []));
    case 'majority-judgment':
      return gradeFields(question, speech, under(said, 'grades', {}));
    case 'score':
      return scoreFields(question, speech, under(said, 'scores', {}));
    case 'impact-effort':
      return planeFields(question, speech, under<Record<string, Point>>(said, 'scores', {}));
    case 'pairwise':
      return duelFields(question, speech, under(said, 'duels', []));
    case 'consent': {
      const { stances, reasons } = under(said, 'consent', { stances: {}, reasons: {} });
      return consentFields(question, speech, stances, reasons);
    }
    case 'consensus':
      return opinionFields(question, speech, under(said, 'votes', {}));
    default:
      return rankFields(question, speech, under(said, 'ranking', []));
  }
}

/** The options in an order of this phone's own, the same each time it is opened. */
export function shuffled(question: Question, secret: string): Question {
  if (!question.shuffled) return question;
  // FNV-1a, and the last step of Murmur: mixed well enough that no option gains by where it stands.
  const mix = (id: string): number => {
    let sum = [...(secret + id)].reduce((all, c) => Math.imul(all ^ c.charCodeAt(0), 16_777_619), 2_166_136_261);
    sum = Math.imul(sum ^ (sum >>> 16), 0x85eb_ca6b);
    sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2_ae35);
    return (sum ^ (sum >>> 16)) >>> 0;
  };
  return { ...question, options: [...question.options].sort((a, b) => mix(a.id) - mix(b.id)) };
}

function status(words: Words, vote: Vote | undefined, begun: boolean): string {
  if (begun) return vote ? words.changing : words.begun;
  if (!vote) return '';
  if (vote.code) return reason(words, vote.code);
  return vote.sent ? words.castDone : words.castWaiting;
}

/** Asks where the bulletin comes from, where the vote does; what was said once is proposed the next time. */
function originFields(app: App, words: Words, question: Question): { element: HTMLElement | null; read: () => Origin } {
  const asked = (['college', 'territory'] as const).flatMap((name) => {
    const options = question[name === 'college' ? 'colleges' : 'territories'] ?? [];
    if (options.length === 0) return [];
    const known = question.cards ? '' : app.shelf.get<string>(name, '');
    const select = h('select', { id: `${name}-${question.id}` }, h('option', { value: '' }, words.originNone), ...options.map((one) => h('option', { value: one.id }, one.label)));
    if (options.some((one) => one.id === known)) select.value = known;
    return [{ name, select, label: h('label', { for: select.id }, words[name]) }];
  });
  const element = asked.length === 0 ? null : h('div', { class: 'origin' }, ...asked.flatMap((one) => [one.label, one.select]), h('p', { class: 'small' }, words.originWhy));
  const read = (): Origin => {
    const said = asked.filter((one) => one.select.value !== '').map((one) => [one.name, one.select.value]);
    if (!question.cards) for (const one of asked) app.shelf.set(one.name, one.select.value);
    return Object.fromEntries(said) as Origin;
  };
  return { element, read };
}

const filling = (ballot: string): string => `fill.${ballot}`;

/** One open vote. */
function ballotView(app: App, speech: Speech, asked: Question): View {
  const words = speech.words;
  const question = shuffled(asked, app.shelf.secret());
  const box = h('section', { class: 'ballot' });
  const state = h('p', { role: 'status', class: 'state' });
  const time = h('p', { class: 'small' });
  let fresh = false;
  let drawn = '';
  // What is being filled in outlives the page: a phone that falls asleep may lose it. Not with cards: the phone passes on.
  const begun = (): Bulletin | undefined => (question.cards ? undefined : (app.shelf.get<Bulletin | null>(filling(question.id), null) ?? undefined));

  /** The bulletin on the table: the last one, unless another card was asked for or it was refused. */
  const current = (): Vote | undefined => (fresh ? undefined : app.outbox.votesOf(question.id).at(-1));
  // What decides the form; while it stays, nothing that someone is filling in is drawn anew.
  const shape = (): string => {
    const vote = current();
    return [fresh, vote?.slot ?? '', question.cards && vote?.sent ? 'done' : '', question.cards].join();
  };

  function draw_(editing: boolean): void {
    const vote = current();
    const heading = h('h2', {}, glued(question.question));
    const rule = h('p', { class: 'small' }, question.rule[speech.language]);
    // A card's bulletin is not left in sight: the phone may go to the next person.
    if (question.cards && vote?.sent && !editing) {
      const change = h('button', { type: 'button', onclick: () => draw_(true) }, words.change);
      const other = h('button', { type: 'button', class: 'main', onclick: () => { fresh = true; drawn = ''; update(); } }, words.otherCard);
      box.replaceChildren(heading, time, state, h('p', { class: 'line' }, change, other));
      return;
    }
    const filled = fields(question, speech, begun() ?? vote?.bulletin);
    const first = JSON.stringify(filled.read());
    const keep = (): void => {
      if (question.cards || JSON.stringify(filled.read()) === (begun() ? '' : first)) return;
      app.shelf.set(filling(question.id), filled.read());
      tell();
    };
    const card = question.cards && !vote?.sent ? h('input', { id: `card-${question.id}`, maxlength: 9, autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', required: true }) : null;
    if (card && vote?.card) card.value = vote.card;
    const origin = originFields(app, words, question);
    const cast = h('button', { class: 'main', type: 'submit' }, vote ? words.castAgain : words.cast);
    const form = h(
      'form',
      {
        onsubmit: (event: Event) => {
          event.preventDefault();
          const slot = vote?.slot ?? draw();
          fresh = false;
          app.shelf.set(filling(question.id), null);
          app.outbox.vote(question.id, slot, card ? card.value : (vote?.card ?? null), filled.read(), origin.read());
          drawn = '';
          update();
        },
      },
      card && h('p', { class: 'field' }, h('label', { for: card.id }, words.card), card),
      filled.element,
      origin.element,
      h('div', { class: 'act' }, filled.count, cast, h('p', { class: 'small' }, question.secret ? words.secret : words.open)),
    );
    for (const event of ['input', 'change', 'click']) form.addEventListener(event, keep);
    box.replaceChildren(heading, rule, time, state, form);
  }

  function tell(): void {
    say(state, status(words, current(), begun() !== undefined));
    mark(state, 'data-begun', begun() === undefined ? null : 'true');
    state.hidden = state.textContent === '';
  }

  function update(): void {
    const now = shape();
    if (now !== drawn) {
      drawn = now;
      draw_(false);
    }
    tell();
    const end = app.head.ballots.find((one) => one.id === question.id)?.closes_at;
    const minutes = end === undefined ? null : Math.ceil((end - app.now()) / 60_000);
    say(time, minutes === null ? '' : words.minutesLeft(minutes));
  }
  return { element: box, update };
}

export function voteView(app: App, speech: Speech): View {
  const none = h('p', { class: 'empty' }, speech.words.noVote);
  const list = h('div', {});
  const made = new Map<string, View>();
  return {
    element: h('section', {}, none, list),
    update: () => {
      const open = app.head.ballots;
      none.hidden = open.length > 0;
      const keys = new Set(open.map((one) => `${one.id}/${one.cards}`));
      for (const [key, view] of made) {
        if (keys.has(key)) continue;
        view.element.remove();
        made.delete(key);
        app.shelf.set(filling(key.slice(0, key.indexOf('/'))), null);
      }
      for (const question of open) {
        const key = `${question.id}/${question.cards}`;
        let view = made.get(key);
        if (!view) {
          view = ballotView(app, speech, question);
          made.set(key, view);
          list.append(view.element);
        }
        view.update();
      }
    },
  };
}
