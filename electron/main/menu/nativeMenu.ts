import { app, Menu, type WebContents } from 'electron';
import type { MainApi } from '../../../core/contract/mainApi.ts';
import { type MenuChoices, menuTemplate } from './template.ts';

type MenuState = MainApi['menu.state']['params'];

export interface NativeMenuOptions {
  readonly recent: () => MenuChoices['recent'];
  readonly choose: (id: string) => void;
  readonly clearRecent: () => void;
}

export interface NativeMenu {
  /** Which items can be chosen and which are ticked; items that are not named stay as they are. */
  show(state: MenuState): void;
  /** Shows other shortcuts than those of the table. */
  showKeys(keys: MainApi['menu.keys']['params']['keys']): void;
  /** Lists the recent files as they are now. */
  refresh(): void;
}

export function createNativeMenu({ recent, choose, clearRecent }: NativeMenuOptions): NativeMenu {
  let state: MenuState = { enabled: {}, checked: {} };
  let keys: Readonly<Record<string, string>> = {};

  function refresh(): void {
    const mac = process.platform === 'darwin';
    const template = menuTemplate({
      mac,
      developer: !app.isPackaged,
      recent: recent(),
      keys,
      choose,
      clearRecent,
    });
    const menu = Menu.buildFromTemplate(template);
    apply(menu, state);
    Menu.setApplicationMenu(menu);
  }

  refresh();
  return {
    refresh,
    showKeys(own) {
      keys = own;
      refresh();
    },
    show(changed) {
      state = {
        enabled: { ...state.enabled, ...changed.enabled },
        checked: { ...state.checked, ...changed.checked },
      };
      const menu = Menu.getApplicationMenu();
      if (menu !== null) apply(menu, changed);
    },
  };
}

function apply(menu: Electron.Menu, { enabled, checked }: MenuState): void {
  for (const [id, value] of Object.entries(enabled)) {
    const item = menu.getMenuItemById(id);
    if (item !== null) item.enabled = value;
  }
  for (const [id, value] of Object.entries(checked)) {
    const item = menu.getMenuItemById(id);
    if (item !== null) item.checked = value;
  }
}

/** What a menu does to text, where a person is typing some. */
const IN_FIELDS: Readonly<Record<string, (contents: WebContents) => void>> = {
  'edit.undo': (contents) => {
    contents.undo();
  },
  'edit.redo': (contents) => {
    contents.redo();
  },
  'edit.cut': (contents) => {
    contents.cut();
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
