import type { MenuItemConstructorOptions } from 'electron';
import { isCommand, type MenuCommand, type MenuEntry, type MenuGroup, MENUS } from './commands.ts';

type Item = MenuItemConstructorOptions;

export interface MenuChoices {
  readonly mac: boolean;
  readonly developer: boolean; // shows the developer tools
  readonly recent: readonly { readonly label: string; readonly choose: () => void }[];
  readonly choose: (id: string) => void;
  readonly clearRecent: () => void;
}

/** The whole menu bar. Keys are only shown beside the items: the window handles them (see README.md). */
export function menuTemplate(choices: MenuChoices): Item[] {
  const menus = MENUS.map((menu) => group(menu, choices));
  return choices.mac ? [appMenu(choices), ...menus] : menus;
}

function group({ label, entries }: MenuGroup, choices: MenuChoices): Item {
  return { label, submenu: entries.flatMap((entry) => items(entry, choices)) };
}

function items(entry: MenuEntry, choices: MenuChoices): Item[] {
  if (isCommand(entry)) return [command(entry, choices)];
  if (entry === '---') return [{ type: 'separator' }];
  if (entry === 'recent') return [recent(choices)];
  if (entry === 'window') return windowItems(choices);
  return choices.mac ? [] : [{ type: 'separator' }, { role: 'quit' }];
}

/** A Mac gives keys to the menu before the window can see them, so bare letters stay out of it: they would steal typing. */
function command({ id, label, keys, type }: MenuCommand, { mac, choose }: MenuChoices): Item {
  const item: Item = {
    id,
    label,
    click: (item) => {
      if (type === 'checkbox') item.checked = !item.checked; // the window says whether it is ticked
      choose(id);
    },
    ...(type === undefined ? {} : { type }),
  };
  const shown = keys !== undefined && (!mac || keys.startsWith('CmdOrCtrl'));
  return shown ? { ...item, accelerator: keys, registerAccelerator: mac } : item;
}

function recent({ recent: files, clearRecent }: MenuChoices): Item {
  const list: Item[] = files.map(({ label, choose }) => ({ label, click: choose }));
  const clear: Item = { label: 'Clear this list', enabled: files.length > 0, click: clearRecent };
  return { label: 'Open recent', submenu: [...list, { type: 'separator' }, clear] };
}

function windowItems({ developer }: MenuChoices): Item[] {
  const items: Item[] = [{ role: 'togglefullscreen' }, { role: 'minimize' }];
  return developer ? [...items, { type: 'separator' }, { role: 'toggleDevTools' }] : items;
}

function appMenu(choices: MenuChoices): Item {
  const about = command({ id: 'help.about', label: 'About Tessera' }, choices);
  const roles = ['services', 'hide', 'hideOthers', 'unhide', 'quit'] as const;
  return {
    role: 'appMenu',
    submenu: [about, { type: 'separator' }, ...roles.map((role): Item => ({ role }))],
  };
}
