/** Voting: the open votes, one after the other. */
import { dotsFields, approvalFields, gradeFields, type Fields } from './ballots';
import type { App, Speech } from './app';
import { glued, h, say } from './dom';
import { draw } from './memory';
import type { Vote } from './outbox';
import type { View } from './propose';
import { reason, type Words } from './words';
import type { Question } from './wire';

function fields(question: Question, speech: Speech, vote: Vote | undefined): Fields {
  const said = vote?.bulletin;
  switch (question.method) {
    case 'dots':
      return dotsFields(question, speech.words, said && 'points' in said ? said.points : {});
    case 'approval':
      return approvalFields(question, speech.words, said && 'approve' in said ? said.approve : []);
    case 'majority-judgment':
      return gradeFields(question, speech, said && 'grades' in said ? said.grades : {});
  }
}

function status(words: Words, vote: Vote | undefined): string {
  if (!vote) return '';
  if (vote.code) return reason(words, vote.code);
  return vote.sent ? words.castDone : words.castWaiting;
}

/** One open vote. */
function ballotView(app: App, speech: Speech, question: Question): View {
  const words = speech.words;
  const box = h('section', { class: 'ballot' });
  const state = h('p', { role: 'status', class: 'state' });
  let fresh = false;
  let drawn = '';

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
      box.replaceChildren(heading, state, h('p', { class: 'line' }, change, other));
      return;
    }
    const filled = fields(question, speech, vote);
    const card = question.cards && !vote?.sent ? h('input', { id: `card-${question.id}`, maxlength: 9, autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', required: true }) : null;
    if (card && vote?.card) card.value = vote.card;
    const cast = h('button', { class: 'main', type: 'submit' }, vote ? words.castAgain : words.cast);
    const form = h(
      'form',
      {
        onsubmit: (event: Event) => {
          event.preventDefault();
          const slot = vote?.slot ?? draw();
          fresh = false;
          app.outbox.vote(question.id, slot, card ? card.value : (vote?.card ?? null), filled.read());
          drawn = '';
          update();
        },
      },
      card && h('p', { class: 'field' }, h('label', { for: card.id }, words.card), card),
      filled.element,
      h('div', { class: 'act' }, filled.count, cast, h('p', { class: 'small' }, question.secret ? words.secret : words.open)),
    );
    box.replaceChildren(heading, rule, state, form);
  }

  function update(): void {
    const now = shape();
    if (now !== drawn) {
      drawn = now;
      draw_(false);
    }
    say(state, status(words, current()));
    state.hidden = state.textContent === '';
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
      const keys = new Set(open.map((one) => `${one.id}${one.cards}`));
      for (const [key, view] of made) {
        if (keys.has(key)) continue;
        view.element.remove();
        made.delete(key);
      }
      for (const question of open) {
        const key = `${question.id}${question.cards}`;
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
