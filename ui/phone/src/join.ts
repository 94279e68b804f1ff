/** Coming in by the word on the wall. */
import type { Speech } from './app';
import { h, say } from './dom';
import { draw, roomOf, Shelf } from './memory';
import { ask } from './wire';

/** A form that asks for the six letters, and gives the token. */
export function joinForm(speech: Speech, stale: boolean, come: (token: string) => void): HTMLElement {
  const words = speech.words;
  const input = h('input', { id: 'word', maxlength: 9, autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', enterkeyhint: 'go', 'aria-describedby': 'word-hint word-error', required: true });
  const error = h('p', { id: 'word-error', class: 'error', role: 'alert' });
  if (stale) error.textContent = words.joinOld;
  const go = h('button', { class: 'main', type: 'submit' }, words.joinGo);
  // Until the room is known, this number is nobody's; it becomes the phone's secret there.
  const secret = draw();
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    go.disabled = true;
    const answer = await ask<{ token: string }>('/api/join', { token: null, secret }, { word: input.value });
    go.disabled = false;
    if (answer.ok) {
      const shelf = new Shelf(roomOf(answer.data.token));
      if (shelf.get('secret', '') === '') shelf.set('secret', secret);
      come(answer.data.token);
      return;
    }
    say(error, answer.code === 'often' ? words.joinOften : answer.status === 0 ? words.noServer : words.joinWrong);
    input.focus();
  }
  return h(
    'main',
    { class: 'join' },
    h('h1', {}, words.joinTitle),
    h('form', { onsubmit: (event: Event) => void submit(event) }, h('label', { for: 'word', id: 'word-hint' }, words.joinHint), input, error, go),
    h('p', { class: 'small' }, words.anonymous),
  );
}
