import { afterEach, expect, it, vi } from 'vitest';
import { score } from './fuzzy';
import { dispatch, registerCommands, type Command } from './index.svelte';
import { letters } from './letters.svelte';

let leave = () => {};
afterEach(() => {
  leave();
  document.body.innerHTML = '';
});

function given(...commands: Partial<Command>[]) {
  leave = registerCommands(commands.map((one, index) => ({ id: `c${index}`, title: () => `c${index}`, run: () => undefined, ...one })));
}

function press(key: string, init: KeyboardEventInit = {}, target: HTMLElement = document.body) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, 'target', { value: target });
  dispatch(event);
  return event;
}

function field(value = ''): HTMLInputElement {
  const input = document.createElement('input');
  input.value = value;
  document.body.append(input);
  return input;
}

it('a letter acts on the page and never while typing', () => {
  const run = vi.fn();
  given({ keys: ['G'], run });
  press('g');
  expect(run).toHaveBeenCalledTimes(1);
  press('g', {}, field());
  expect(run).toHaveBeenCalledTimes(1);
});

it('letters and signs can be switched off; keys with Ctrl and named keys stay', () => {
  const run = vi.fn();
  given({ keys: ['G'], run }, { keys: ['Shift+G'], run }, { keys: ['?'], run }, { keys: ['1'], run });
  letters.on = false;
  press('g');
  press('G', { shiftKey: true });
  press('?');
  press('1', { code: 'Digit1' });
  expect(run).not.toHaveBeenCalled();
  const named = vi.fn();
  leave();
  given({ keys: ['Mod+G'], run: named }, { keys: ['F1'], run: named }, { keys: ['Delete'], run: named });
  press('g', { ctrlKey: true });
  press('F1');
  press('Delete');
  expect(named).toHaveBeenCalledTimes(3);
  letters.on = true;
  expect(localStorage.getItem('moisson.letters')).toBe('on');
});

it('Ctrl and a digit work on a French keyboard, where digits stand under other signs', () => {
  const run = vi.fn();
  given({ keys: ['Mod+1'], run });
  press('&', { ctrlKey: true, code: 'Digit1' });
  expect(run).toHaveBeenCalledOnce();
});

it('a sign counts, whether or not it needs Shift', () => {
  const run = vi.fn();
  given({ keys: ['?'], run });
  press('?', { shiftKey: true, code: 'KeyM' });
  press('?', { code: 'Digit6' });
  expect(run).toHaveBeenCalledTimes(2);
});

it('Ctrl+Z takes back letters in a field with words, and the last act in an empty one', () => {
  const run = vi.fn();
  const back = vi.fn();
  Object.assign(document, { execCommand: back });
  given({ keys: ['Mod+Z'], run });
  press('z', { ctrlKey: true }, field('covoiturage'));
  expect(run).not.toHaveBeenCalled();
  expect(back).toHaveBeenCalledExactlyOnceWith('undo');
  press('z', { ctrlKey: true }, field());
  expect(run).toHaveBeenCalledOnce();
});

it('a button keeps its own Enter', () => {
  const run = vi.fn();
  given({ keys: ['Enter'], run });
  const button = document.createElement('button');
  document.body.append(button);
  press('Enter', {}, button);
  expect(run).not.toHaveBeenCalled();
  press('Enter');
  expect(run).toHaveBeenCalledOnce();
});

it('the latest registered wins, unless it cannot be done now', () => {
  const [page, shell] = [vi.fn(), vi.fn()];
  let possible = true;
  given({ keys: ['1'], run: shell }, { keys: ['1'], run: page, when: () => possible });
  press('1', { code: 'Digit1' });
  possible = false;
  press('1', { code: 'Digit1' });
  expect([page.mock.calls.length, shell.mock.calls.length]).toEqual([1, 1]);
});

it('finding prefers beginnings, then words, then letters in order', () => {
  const texts = ['Voter à main levée', 'Ouvrir le vote', 'Revoir le plan'];
  expect(texts.map((text) => score('vo', text)).every((rank, index, all) => index === 0 || rank < (all[index - 1] ?? 0))).toBe(true);
  expect(score('elec', 'Vélos électriques')).toBeGreaterThan(50);
  expect(score('xyz', 'Vélos')).toBe(0);
});
