// What the page of phones must hold whatever the network does. The room is a function that answers, or does not.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { App, Speech } from './src/app';
import { approvalFields, dotsFields, gradeFields } from './src/ballots';
import { roomOf, Shelf } from './src/memory';
import { Outbox } from './src/outbox';
import { proposeView } from './src/propose';
import { readView } from './src/read';
import { voteView } from './src/vote';
import { languageOf, languages, reason } from './src/words';
import type { Question } from './src/wire';

type Reply = { status: number; body: unknown };
let calls: { path: string; body: unknown }[] = [];
let reply: (path: string, body: Record<string, unknown> | undefined) => Reply | null = () => ({ status: 200, body: { state: 'noted', id: 'x' } });

class Silent {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  addEventListener(): void {}
  close(): void {}
}

beforeEach(() => {
  localStorage.clear();
  localStorage.setItem('moisson.language', 'fr');
  calls = [];
  reply = () => ({ status: 200, body: { state: 'noted', id: 'x' } });
  vi.stubGlobal('EventSource', Silent);
  vi.stubGlobal('fetch', async (path: string, init: { body?: string }) => {
    const body = init.body === undefined ? undefined : (JSON.parse(init.body) as Record<string, unknown>);
    calls.push({ path, body });
    const said = reply(path, body);
    if (said === null) throw new TypeError('no network');
    return new Response(JSON.stringify(said.body), { status: said.status });
  });
});

const shelf = () => new Shelf('room');
const outbox = (of = shelf()) => new Outbox(of, () => ({ token: 'room.secret', secret: of.secret() }), () => undefined);
const settled = async (box: Outbox) => vi.waitFor(() => expect(box.waiting).toBe(0));

const question: Question = {
  id: 'v', question: 'Que garder ?', method: 'dots', rule: { fr: 'Cinq gommettes.', en: 'Five dots.' }, options: [{ id: 'a', label: 'Un bus' }, { id: 'b', label: 'Un prêt' }], points: 3, max_per_option: 2, grades: [], cards: false, secret: true,
};
const head = { title: 'Mobilité', colour: 2, number: 2, question: 'Que faudrait-il faire ?', sharing: 'all' as const, moderated: false, ballots: [question] };

const METHODS: Question['method'][] = ['dots', 'approval', 'majority-judgment', 'score', 'schulze', 'pairwise', 'impact-effort', 'budget', 'consent', 'consensus'];

describe('what waits on the phone', () => {
  it('leaves once, under the same number, when the network comes back', async () => {
    reply = () => null;
    const first = outbox();
    first.propose('Un bus de nuit', 3);
    await vi.waitFor(() => expect(calls.length).toBe(1));
    expect(first.waiting).toBe(1);
    // The page is closed and opened again: what waited is still there.
    reply = () => ({ status: 200, body: { state: 'noted', id: 'x' } });
    const second = outbox();
    await second.flush();
    await settled(second);
    expect(calls.map((call) => (call.body as { key: string }).key)).toEqual([second.entries[0]?.key, second.entries[0]?.key]);
    await second.flush();
    expect(calls.length).toBe(2);
    expect(second.entries[0]?.state).toBe('noted');
  });

  it('is not tried again when the room says no for good, and says why', async () => {
    reply = () => ({ status: 403, body: { refused: 'silenced' } });
    const box = outbox();
    box.propose('encore', null);
    await vi.waitFor(() => expect(box.entries[0]?.state).toBe('rejected'));
    expect(box.entries[0]?.code).toBe('silenced');
    expect(box.waiting).toBe(0);
  });

  it('says of a support what is to be, however often it is tapped', async () => {
    const box = outbox();
    box.support('p', true);
    box.support('p', false);
    await settled(box);
    expect(calls.at(-1)?.body).toEqual({ proposal: 'p', on: false });
    expect(box.supported.has('p')).toBe(false);
  });

  it('sends a bulletin in place of the one before', async () => {
    const box = outbox();
    box.vote('v', 'slot', null, { points: { a: 3 } });
    box.vote('v', 'slot', null, { points: { b: 1 } });
    await settled(box);
    expect(box.votesOf('v')).toHaveLength(1);
    expect((calls.at(-1)?.body as { bulletin: unknown }).bulletin).toEqual({ points: { b: 1 } });
  });

  it('belongs to one room', () => {
    new Shelf('one').set('draft', 'pour ici');
    expect(new Shelf('other').get('draft', '')).toBe('');
    expect(new Shelf('one').secret()).not.toBe(new Shelf('other').secret());
    expect(roomOf('abc.def')).toBe('abc');
  });

  it('works without storage', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const one = new Shelf('private');
    expect(one.secret()).toBe(one.secret());
    vi.restoreAllMocks();
  });
});

describe('bulletins', () => {
  const tap = (element: Element, label: string) => [...element.querySelectorAll('button')].find((one) => one.getAttribute('aria-label') === label)?.click();

  it('of dots never hold more than there are, nor more than one option takes', () => {
    const words = languages.fr;
    const fields = dotsFields(question, words, {});
    document.body.replaceChildren(fields.element);
    for (let i = 0; i < 5; i++) tap(fields.element, words.add('Un bus'));
    for (let i = 0; i < 5; i++) tap(fields.element, words.add('Un prêt'));
    expect(fields.read()).toEqual({ points: { a: 2, b: 1 } });
    expect(fields.count.textContent).toContain('il en reste 0 sur 3');
    tap(fields.element, words.take('Un prêt'));
    tap(fields.element, words.take('Un prêt'));
    expect(fields.read()).toEqual({ points: { a: 2 } });
  });

  it('of approval stop at the most that the rule allows', () => {
    const fields = approvalFields({ ...question, method: 'approval', max_choices: 1 }, new Speech(), []);
    document.body.replaceChildren(fields.element);
    for (const box of fields.element.querySelectorAll('input')) box.click();
    expect(fields.read()).toEqual({ approve: ['a'] });
  });

  it('of grades show the best first and give each option one', () => {
    const grades = ['À rejeter', 'Bien'].map((fr) => ({ fr, en: fr }));
    const fields = gradeFields({ ...question, method: 'majority-judgment', grades }, new Speech(), {});
    document.body.replaceChildren(fields.element);
    const labels = [...fields.element.querySelectorAll('li:first-child label')].map((one) => one.textContent);
    expect(labels).toEqual(['Bien', 'À rejeter']);
    fields.element.querySelector('input')?.click();
    expect(fields.read()).toEqual({ grades: { a: 1 } });
  });
});

describe('the page', () => {
  const scene = (items: unknown[], more = {}) => ({ status: 200, body: { device: 'd', scene: { version: '1-1', since: null, ...head, ...more, items, gone: [] } } });

  async function app(items: unknown[], more = {}) {
    reply = (path) => (path.startsWith('/api/scene') ? scene(items, more) : { status: 200, body: { state: 'noted', id: 'x', cast: true } });
    const made = new App('room.secret', () => undefined, () => undefined);
    await vi.waitFor(() => expect(made.ready).toBe(true));
    return made;
  }

  it('shows what people wrote as words, never as HTML', async () => {
    const text = '<img src=x onerror=alert(1)><b>gras</b>';
    const made = await app([{ id: '1', text, supports: 2 }]);
    const view = readView(made, new Speech());
    view.update();
    expect(view.element.querySelector('img, b')).toBeNull();
    expect(view.element.textContent).toContain(text);
  });

  it('keeps a bulletin that is being filled in when the phone falls asleep, until it is cast', async () => {
    const made = await app([], { ballots: [{ ...question, method: 'approval' }] });
    const open = () => {
      const view = voteView(made, new Speech());
      document.body.replaceChildren(view.element);
      view.update();
      return view;
    };
    open().element.querySelector('input')?.click();
    const again = open();
    expect(again.element.querySelector('input')?.checked).toBe(true);
    expect(again.element.textContent).toContain('pas encore déposé');
    again.element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settled(made.outbox);
    again.update();
    expect(calls.find((call) => call.path === '/api/votes')?.body).toMatchObject({ bulletin: { approve: ['a'] } });
    expect(again.element.textContent).toContain('Bulletin déposé');
    expect(again.element.textContent).not.toContain('pas encore déposé');
  });

  it('asks where the bulletin comes from where the vote does, sends what was said, and proposes it the next time', async () => {
    const origins = { secret: false, colleges: [{ id: 'c1', label: 'Employeurs' }, { id: 'c2', label: 'Associations' }] };
    const made = await app([], { ballots: [{ ...question, method: 'approval', ...origins }, { ...question, id: 'w', method: 'approval' }] });
    const open = () => {
      const view = voteView(made, new Speech());
      document.body.replaceChildren(view.element);
      view.update();
      return view.element;
    };
    expect(open().querySelectorAll('select')).toHaveLength(1);
    const cast = async (college: string) => {
      const select = document.querySelector('select') as HTMLSelectElement;
      select.value = college;
      select.closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await settled(made.outbox);
      return calls.filter((call) => call.path === '/api/votes').at(-1)?.body as Record<string, unknown>;
    };
    expect(await cast('c2')).toMatchObject({ ballot: 'v', college: 'c2' });
    expect(open().querySelector('select')?.value).toBe('c2');
    expect(await cast('')).not.toHaveProperty('college');
  });

  it('keeps nothing of a bulletin that needs a card: the phone passes on', async () => {
    const made = await app([], { ballots: [{ ...question, method: 'approval', cards: true }] });
    const view = voteView(made, new Speech());
    document.body.replaceChildren(view.element);
    view.update();
    view.element.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
    expect(Object.keys(localStorage).filter((key) => key.includes('fill'))).toEqual([]);
  });

  it('tells what is left of a vote that has an end', async () => {
    const left = async (ms: number) => {
      const made = await app([], { ballots: [{ ...question, closes_at: Date.now() + ms }] });
      const view = voteView(made, new Speech());
      view.update();
      return view.element.textContent;
    };
    expect(await left(90_000)).toContain('encore 2 min');
    expect(await left(-1_000)).toContain('le temps est écoulé');
  });

  it('takes in what the room says by itself, and asks only for what it missed', async () => {
    const told: Record<string, (event: { data: string }) => void> = {};
    class Speaking extends Silent {
      override addEventListener(name?: string, heard?: (event: { data: string }) => void): void {
        if (name && heard) told[name] = heard;
      }
    }
    vi.stubGlobal('EventSource', Speaking);
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const made = await app([{ id: '1', text: 'Un bus', supports: 0 }]);
    await vi.waitFor(() => expect(told.scene).toBeDefined());
    const say = (scene: object) => told.scene?.({ data: JSON.stringify({ items: [], gone: [], ...scene }) });
    say({ version: '1-2', since: '1-1', items: [{ id: '2', text: 'Un prêt', supports: 0 }] });
    expect([made.shown().map((one) => one.text), made.head.title]).toEqual([['Un prêt', 'Un bus'], 'Mobilité']);
    say({ version: '1-3', since: '1-2', gone: ['1'], ...head, question: 'Et vous ?' });
    expect([made.shown().length, made.head.question]).toEqual([1, 'Et vous ?']);
    const before = calls.length;
    say({ version: '1-9', since: '1-8' });
    await vi.waitFor(() => expect(calls.length).toBe(before + 1));
    expect(calls.at(-1)?.path).toBe('/api/scene?since=1-3');
    vi.restoreAllMocks();
  });

  it('shows nothing of the others while everyone writes alone', async () => {
    const made = await app([{ id: '1', text: 'caché', supports: 0 }], { sharing: 'silent' });
    const view = readView(made, new Speech());
    view.update();
    expect(view.element.textContent).not.toContain('caché');
    expect(view.element.textContent).toContain('écrit d’abord seule');
  });

  it('notes with Enter and keeps the unfinished words', async () => {
    const made = await app([]);
    const spoken: string[] = [];
    const view = proposeView(made, new Speech(), (text) => spoken.push(text));
    document.body.replaceChildren(view.element);
    const text = view.element.querySelector('textarea') as HTMLTextAreaElement;
    text.value = 'Un bus de nuit';
    text.dispatchEvent(new Event('input'));
    expect(made.shelf.get('draft', '')).toBe('Un bus de nuit');
    text.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    expect(text.value).toBe('');
    await settled(made.outbox);
    view.update();
    expect(view.element.textContent).toContain('envoyée');
    expect(spoken).toEqual(['Proposition envoyée']);
  });

  it('asks for a card where the vote does, and does not leave its bulletin in sight', async () => {
    const made = await app([], { ballots: [{ ...question, cards: true }] });
    const view = voteView(made, new Speech());
    document.body.replaceChildren(view.element);
    view.update();
    const card = view.element.querySelector('input') as HTMLInputElement;
    card.value = 'bcd fgh';
    view.element.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settled(made.outbox);
    view.update();
    expect(calls.find((call) => call.path === '/api/votes')?.body).toMatchObject({ card: 'bcd fgh', ballot: 'v' });
    expect(view.element.querySelector('form')).toBeNull();
    expect(view.element.textContent).toContain('Bulletin déposé');
  });

  it('names every control', async () => {
    const made = await app([{ id: '1', text: 'Un bus', supports: 0, table: 2 }], { ballots: METHODS.map((method, i) => ({ ...question, method, colleges: [{ id: 'c1', label: 'Employeurs' }], id: `w${i}`, scale: [1, 5], budget: 100, options: question.options.map((one) => ({ ...one, id: `${one.id}${i}`, cost: 5_000 })) })) });
    const speech = new Speech();
    for (const view of [proposeView(made, speech, () => undefined), readView(made, speech), voteView(made, speech)]) {
      document.body.replaceChildren(view.element);
      view.update();
      for (const control of view.element.querySelectorAll<HTMLElement>('button, input, textarea, select')) {
        const name = control.getAttribute('aria-label') ?? control.closest('label')?.textContent ?? view.element.querySelector(`label[for="${control.id}"]`)?.textContent ?? control.textContent;
        expect(name?.trim(), control.outerHTML).not.toBe('');
      }
    }
  });
});

describe('words', () => {
  it('are those of the phone', () => {
    expect(languageOf(['de-DE', 'en-GB', 'fr'])).toBe('en');
    expect(languageOf(['fr-CA'])).toBe('fr');
    expect(languageOf(['de'])).toBe('fr');
  });

  it('say every refusal in both languages', () => {
    expect(Object.keys(languages.en.refused)).toEqual(Object.keys(languages.fr.refused));
    expect(reason(languages.fr, 'nonsense')).toBe(languages.fr.refused.other);
  });

  it('are typed as French is', () => {
    for (const text of Object.values(languages.fr)) if (typeof text === 'string') expect(text).not.toMatch(/\p{L}'\p{L}|[\p{L}\d][?!;](?=\s|$)/u);
  });
});
