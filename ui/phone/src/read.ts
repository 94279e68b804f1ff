/** Reading what others proposed, and supporting it. */
import type { App, Speech } from './app';
import { h, mark, Rows, say } from './dom';
import type { View } from './propose';
import type { Item } from './wire';

export function readView(app: App, speech: Speech): View {
  const words = speech.words;
  const rows = new Rows<Item>(h('ul', { class: 'list' }), (item) => {
    const text = h('span', { id: `p-${item.id}` });
    const count = h('span', { class: 'small' });
    const label = h('span');
    const button = h('button', { type: 'button', class: 'support', 'aria-describedby': `p-${item.id}`, onclick: () => app.outbox.support(item.id, !app.outbox.supported.has(item.id)) }, label);
    return {
      element: h('li', { class: 'card' }, text, h('span', { class: 'line' }, count, button)),
      update: (now) => {
        const on = app.outbox.supported.has(now.id);
        const supports = Math.max(0, now.supports + app.outbox.unknown(now.id));
        say(text, now.text);
        say(count, [now.table === undefined ? '' : words.tableN(now.table), supports > 0 ? words.supports(supports) : ''].filter(Boolean).join(' · '));
        say(label, on ? words.supported : words.support);
        mark(button, 'aria-pressed', String(on));
      },
    };
  });
  const hint = h('p', { class: 'empty' });
  const element = h('section', {}, hint, rows.list);
  return {
    element,
    update: () => {
      const { sharing } = app.head;
      const items = sharing === 'silent' ? [] : app.shown();
      const why = sharing === 'silent' ? words.silent : sharing === 'table' && app.table === null ? words.sayTable : words.noItems;
      say(hint, items.length > 0 ? '' : why);
      hint.hidden = items.length > 0;
      rows.show(items, (item) => item.id);
    },
  };
}
