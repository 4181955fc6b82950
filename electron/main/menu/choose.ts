import type { WebContents } from 'electron';

/** What a menu does to text, where a person is typing some. */
const IN_FIELDS: Readonly<Record<string, (contents: WebContents) => void>> = {
  'edit.undo': (contents) => {
    contents.undo();
  },
  'edit.redo': (contents) => {
    contents.redo();
  },
  'edit.copy': (contents) => {
    contents.copy();
  },
  'edit.paste': (contents) => {
    contents.paste();
  },
  'select.all': (contents) => {
    contents.selectAll();
  },
};

const FIELDS = ['textarea', '[contenteditable]', 'input:not([type])', ...types('text', 'search', 'number')];
const IS_TYPING = `document.activeElement?.matches(${JSON.stringify(FIELDS.join(','))})`;

/** Does what was chosen in the menu: to the text where a person is typing, else `command` tells the page. */
export async function choose(contents: WebContents, id: string, command: () => void): Promise<void> {
  const edit = IN_FIELDS[id];
  if (edit !== undefined && (await isTyping(contents))) edit(contents);
  else command();
}

async function isTyping(contents: WebContents): Promise<boolean> {
  return (await contents.executeJavaScript(IS_TYPING)) === true;
}

function types(...names: string[]): string[] {
  return names.map((name) => `input[type=${name}]`);
}
