/** The page that participants open. Nothing to install, no name, and nothing is asked of anyone but the laptop in the room. */
import { App, Speech, type Place } from './app';
import { glued, h, mark, say } from './dom';
import { joinForm } from './join';
import { token } from './memory';
import { proposeView, type View } from './propose';
import { readView } from './read';
import { voteView } from './vote';

const speech = new Speech();
const root = document.querySelector<HTMLElement>('#app') ?? document.body;

/** The token of the link, which then leaves the address bar: a photo of the phone should not hand it on. */
function fromLink(): string | null {
  const given = decodeURIComponent(location.hash.slice(1));
  if (!given.includes('.')) return null;
  history.replaceState(null, '', location.pathname);
  return given;
}

function header(turn: () => void, colour: number | null = null, number: number | null = null, title = 'Moisson'): HTMLElement {
  const other = speech.words.other;
  return h(
    'header',
    {},
    number === null ? null : h('span', { class: `theme t${colour ?? 0}`, 'aria-hidden': 'true' }, String(number)),
    h('span', { class: 'title' }, title),
    h('button', { type: 'button', class: 'plain', lang: speech.language === 'fr' ? 'en' : 'fr', onclick: turn }, other),
  );
}

function enter(stale: boolean): void {
  document.documentElement.lang = speech.language;
  const turn = (): void => {
    speech.turn();
    enter(stale);
  };
  root.replaceChildren(header(turn), joinForm(speech, stale, (of) => { token.set(of); room(of); }));
}

function room(of: string): void {
  let draw = (): void => undefined;
  const app = new App(of, () => draw(), () => enter(true));
  const build = (): void => {
    draw = page(app, () => {
      speech.turn();
      build();
    });
    draw();
  };
  build();
}

/** Draws the page once; gives what brings it up to date. */
function page(app: App, turn: () => void): () => void {
  const words = speech.words;
  document.documentElement.lang = speech.language;
  const spoken = h('p', { role: 'status', class: 'sr' });
  const announce = (text: string): void => {
    spoken.textContent = '';
    setTimeout(() => say(spoken, text), 50);
  };
  const top = h('div', {});
  const question = h('h1', { tabindex: -1 });
  const line = h('p', { class: 'banner', role: 'status' });
  const call = h('p', { class: 'banner call' });
  const rehearsal = h('p', { class: 'banner', role: 'status' });
  const views: Record<Place, View> = { propose: proposeView(app, speech, announce), read: readView(app, speech), vote: voteView(app, speech) };
  const names: [Place, string][] = [['propose', words.tabPropose], ['read', words.tabRead], ['vote', words.tabVote]];
  const tabs = names.map(([place, name]) => ({ place, badge: h('span', { class: 'badge', 'aria-hidden': 'true' }), button: h('button', { type: 'button', onclick: () => move(place) }, name) }));
  for (const tab of tabs) tab.button.append(tab.badge);
  const move = (place: Place): void => {
    app.go(place);
    window.scrollTo(0, 0);
    question.focus();
  };
  const nav = h('nav', { 'aria-label': 'Moisson' }, ...tabs.map((tab) => tab.button));
  const main = h('main', {}, rehearsal, question, line, call, ...Object.values(views).map((view) => view.element));
  root.replaceChildren(top, main, nav, spoken);
  let known: string[] | null = null;
  let titled = '';

  return () => {
    const { head, outbox, place } = app;
    const title = [head.title, head.colour, head.number].join();
    if (title !== titled || !top.firstChild) {
      titled = title;
      top.replaceChildren(header(turn, head.colour, head.number, head.title || 'Moisson'));
      document.title = head.title || 'Moisson';
    }
    const asked = head.question || head.title || words.loading;
    const [only] = head.ballots;
    // One open vote needs no heading of its own.
    const alone = place === 'vote' && head.ballots.length === 1;
    main.className = alone ? 'alone' : '';
    say(question, glued(place !== 'vote' ? asked : alone && only ? only.question : words.tabVote));
    say(rehearsal, head.rehearsal ? words.rehearsal : '');
    rehearsal.hidden = !head.rehearsal;
    const waiting = outbox.waiting;
    const state = !app.ready && app.line === 'offline' ? words.noServer : app.line === 'offline' ? words.offline : app.line === 'closed' ? words.closed : '';
    say(line, [state, waiting > 0 && app.line !== 'online' ? words.waiting(waiting) : ''].filter(Boolean).join(' '));
    line.hidden = line.textContent === '';
    const open = head.ballots;
    const unvoted = open.filter((one) => outbox.votesOf(one.id).length === 0);
    const first = unvoted[0];
    if (first && place !== 'vote') {
      if (call.dataset.vote !== first.id) {
        call.dataset.vote = first.id;
        call.replaceChildren(h('span', {}, words.voteOpen(first.question)), h('button', { type: 'button', onclick: () => move('vote') }, words.goVote));
      }
      call.hidden = false;
    } else call.hidden = true;
    if (known && first && !known.includes(first.id)) announce(words.voteOpen(first.question));
    known = open.map((one) => one.id);
    for (const tab of tabs) {
      mark(tab.button, 'aria-current', tab.place === place ? 'page' : null);
      const count = tab.place === 'vote' ? unvoted.length : tab.place === 'propose' ? outbox.entries.filter((one) => one.state === 'waiting').length : 0;
      say(tab.badge, count > 0 ? String(count) : '');
      tab.badge.hidden = count === 0;
    }
    for (const [name, view] of Object.entries(views)) {
      view.element.hidden = name !== place;
      view.update();
    }
  };
}

const given = fromLink();
if (given !== null) token.set(given);
const of = given ?? token.get();
if (of === null) enter(false);
else room(of);
window.addEventListener('hashchange', () => {
  if (location.hash.includes('.')) location.reload();
});
