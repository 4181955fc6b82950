import type { MenuItemConstructorOptions } from 'electron';
import type { CommandEntry, Menu, MenuEntry } from '../../../core/commands/command.ts';
import { commandText, isCommand, MENUS } from '../../../core/commands/menus.ts';
import { translated } from '../texts.ts';

type Item = MenuItemConstructorOptions;

export interface MenuChoices {
  readonly mac: boolean;
  readonly developer: boolean; // shows the developer tools
  readonly recent: readonly { readonly label: string; readonly choose: () => void }[];
  readonly keys: Readonly<Record<string, string>>; // shortcuts instead of those of the table; '' for none
  readonly choose: (id: string) => void;
  readonly clearRecent: () => void;
}

/** The whole menu bar. Keys are only shown beside the items: the window handles them (see README.md). */
export function menuTemplate(choices: MenuChoices): Item[] {
  const menus = MENUS.map((menu) => group(menu, choices));
  return choices.mac ? [appMenu(choices), ...menus] : menus;
}

const MNEMONIC_TITLES: Readonly<Record<string, string>> = {
  File: '&File',
  Edit: '&Edit',
  Select: '&Select',
  Picture: '&Picture',
  Tools: 'T&ools',
  Fill: 'F&ill',
  Tokens: '&Tokens',
  View: '&View',
  Help: '&Help',
};

/** What the platform's own items are called; it would name them in English only. */
const ROLE_TITLES = {
  quit: 'Quit',
  togglefullscreen: 'Toggle Full Screen',
  minimize: 'Minimize',
  toggleDevTools: 'Toggle Developer Tools',
} as const;

function ownItem(role: keyof typeof ROLE_TITLES): Item {
  return { role, label: translated(ROLE_TITLES[role]) };
}

/** With Alt and a letter, where the platform has that. */
function group({ label, entries }: Menu, choices: MenuChoices): Item {
  return {
    label: translated(choices.mac ? label : (MNEMONIC_TITLES[label] ?? label)),
    submenu: entries.flatMap((entry) => items(entry, choices)),
  };
}

function items(entry: MenuEntry, choices: MenuChoices): Item[] {
  if (isCommand(entry)) return entry.keysOnly === true ? [] : [command(entry, choices)];
  if (entry === '---') return [{ type: 'separator' }];
  if (entry === 'recent') return [recent(choices)];
  if (entry === 'window') return windowItems(choices);
  return choices.mac ? [] : [{ type: 'separator' }, ownItem('quit')];
}

/** A Mac gives keys to the menu before the window can see them, so bare letters stay out of it: they would steal typing. */
function command(
  { id, title, shortcuts, mark }: CommandEntry,
  { mac, keys: own, choose }: MenuChoices,
): Item {
  const item: Item = {
    id,
    label: translated(title),
    click: (item) => {
      if (mark !== undefined) item.checked = !item.checked; // the window says whether it is ticked
      choose(id);
    },
    // Radio items would be one group between two lines, and one of each group ticked.
    ...(mark === undefined ? {} : { type: 'checkbox' as const }),
  };
  const keys = own[id] ?? shortcuts?.[0];
  const shown = keys !== undefined && keys !== '' && (!mac || keys.startsWith('Mod'));
  return shown ? { ...item, accelerator: accelerator(keys), registerAccelerator: mac } : item;
}

/** A shortcut as Electron writes it. */
function accelerator(shortcut: string): string {
  return shortcut
    .replace('Mod', 'CmdOrCtrl')
    .replace(/\+\+$/, '+Plus')
    .replace('Escape', 'Esc')
    .replace('Arrow', '');
}

function recent({ recent: files, clearRecent }: MenuChoices): Item {
  const list: Item[] = files.map(({ label, choose }) => ({ label, click: choose }));
  const clear: Item = { label: translated('Clear this list'), enabled: files.length > 0, click: clearRecent };
  return { label: translated('Open recent'), submenu: [...list, { type: 'separator' }, clear] };
}

function windowItems({ developer }: MenuChoices): Item[] {
  const items: Item[] = [ownItem('togglefullscreen'), ownItem('minimize')];
  return developer ? [...items, { type: 'separator' }, ownItem('toggleDevTools')] : items;
}

function appMenu(choices: MenuChoices): Item {
  const about = command(commandText('help.about'), choices);
  const roles = ['services', 'hide', 'hideOthers', 'unhide', 'quit'] as const;
  return {
    role: 'appMenu',
    submenu: [about, { type: 'separator' }, ...roles.map((role): Item => ({ role }))],
  };
}
