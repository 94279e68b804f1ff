/** Proposing, and seeing one's own. */
import type { App, Speech } from './app';
import { h, mark, Rows, say } from './dom';
import type { Entry } from './outbox';
import { reason, type Words } from './words';

const LONGEST = 1_000;
/** From here on the signs left are told. */
const TELL = 120;

export interface View {
  element: HTMLElement;
  update(): void;
}

function stateWords(words: Words, entry: Entry): string {
  switch (entry.state) {
    case 'waiting':
      return words.stateWaiting;
    case 'noted':
      return words.stateNoted;
    case 'held':
      return words.stateHeld;
    case 'refused':
      return words.stateRefused;
    case 'rejected':
      return words.stateRejected(reason(words, entry.code ?? null));
  }
}

export function proposeView(app: App, speech: Speech, announce: (text: string) => void): View {
  const words = speech.words;
  const text = h('textarea', { id: 'text', rows: 3, maxlength: LONGEST, enterkeyhint: 'send', autocapitalize: 'sentences', 'aria-describedby': 'left' });
  const left = h('p', { id: 'left', class: 'small' });
  const table = h('input', { id: 'table', type: 'text', inputmode: 'numeric', pattern: '[0-9]*', maxlength: 3, autocomplete: 'off' });
  table.value = app.table === null ? '' : String(app.table);
  table.addEventListener('change', () => {
    const number = Number.parseInt(table.value, 10);
    app.table = number > 0 ? number : null;
    table.value = app.table === null ? '' : String(app.table);
  });
  text.value = app.shelf.get<string>('draft', '');
  const tell = (): void => say(left, LONGEST - text.value.length < TELL ? words.left(LONGEST - text.value.length) : '');
  text.addEventListener('input', () => {
    app.shelf.set('draft', text.value);
    tell();
  });

  function send(event?: Event): void {
    event?.preventDefault();
    const said = text.value.trim();
    if (said === '') {
      text.focus();
      return;
    }
    app.outbox.propose(said, app.table);
    text.value = '';
    app.shelf.set('draft', '');
    tell();
    announce(app.line === 'online' ? words.sent : words.kept);
    text.focus();
  }
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
  });

  const rows = new Rows<Entry>(h('ul', { class: 'list' }), (entry) => {
    const state = h('span', { class: 'chip' });
    const element = h('li', { class: 'card' }, h('span', {}, entry.text), state);
    return {
      element,
      update: (now) => {
        say(state, stateWords(words, now));
        mark(state, 'data-state', now.state);
      },
    };
  });
  const none = h('p', { class: 'small' }, words.noneMine);
  const element = h(
    'section',
    {},
    h('form', { onsubmit: send }, h('label', { for: 'text' }, words.yourWords), text, left, h('button', { class: 'main', type: 'submit' }, words.send), h('p', { class: 'field' }, h('label', { for: 'table' }, words.table), table)),
    h('p', { class: 'small' }, words.anonymous),
    h('h2', {}, words.mine),
    none,
    rows.list,
  );
  return {
    element,
    update: () => {
      rows.show(app.outbox.entries, (entry) => entry.key);
      none.hidden = app.outbox.entries.length > 0;
    },
  };
}
