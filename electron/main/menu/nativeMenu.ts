import { app, Menu } from 'electron';
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
  /** Lists the recent files as they are now. */
  refresh(): void;
}

export function createNativeMenu({ recent, choose, clearRecent }: NativeMenuOptions): NativeMenu {
  let state: MenuState = { enabled: {}, checked: {} };

  function refresh(): void {
    const mac = process.platform === 'darwin';
    const template = menuTemplate({ mac, developer: !app.isPackaged, recent: recent(), choose, clearRecent });
    const menu = Menu.buildFromTemplate(template);
    apply(menu, state);
    Menu.setApplicationMenu(menu);
  }

  refresh();
  return {
    refresh,
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
