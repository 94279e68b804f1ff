//! The editor itself, loaded when a field is first drawn.
import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { parse, safeAddress, serialize } from './markdown';
import { cleaned } from './word';

export interface Options {
  text: string;
  attributes: Record<string, string>;
  editable: boolean;
  onchange: (text: string) => void;
  onblur: () => void;
  /** Something moved: marks under the cursor may differ. */
  onmove: () => void;
}

export type RichEditor = Editor;

export function mount(element: HTMLElement, options: Options): Editor {
  return new Editor({
    element,
    editable: options.editable,
    content: parse(options.text),
    extensions: [
      // Only what survives to every document: paragraphs, bullets, numbered lists, bold, links.
      StarterKit.configure({
        blockquote: false, code: false, codeBlock: false, heading: false, horizontalRule: false, italic: false, strike: false, underline: false, dropcursor: false, gapcursor: false, trailingNode: false,
        link: { openOnClick: false, autolink: true, protocols: ['http', 'https', 'mailto'], isAllowedUri: (url) => safeAddress(url), HTMLAttributes: { rel: 'noreferrer noopener', target: null } },
      }),
    ],
    editorProps: { attributes: options.attributes, transformPastedHTML: cleaned },
    onUpdate: ({ editor }) => options.onchange(serialize(editor.getJSON())),
    onBlur: options.onblur,
    onTransaction: options.onmove,
  });
}

/** Shows another text, as when it was undone or changed elsewhere. */
export function show(editor: Editor, text: string): void {
  if (serialize(editor.getJSON()) !== text) editor.commands.setContent(parse(text), { emitUpdate: false });
}
