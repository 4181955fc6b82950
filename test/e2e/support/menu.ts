import type { ElectronApplication } from '@playwright/test';

/** Chooses an item of the native menu, as a click would. */
export async function chooseInMenu(app: ElectronApplication, id: string): Promise<void> {
  await app.evaluate(({ Menu }, id) => {
    Menu.getApplicationMenu()?.getMenuItemById(id)?.click();
  }, id);
}

/** What an item of the native menu looks like. */
export function menuItem(
  app: ElectronApplication,
  id: string,
): Promise<{ readonly enabled: boolean; readonly checked: boolean } | null> {
  return app.evaluate(({ Menu }, id) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(id);
    return item ? { enabled: item.enabled, checked: item.checked } : null;
  }, id);
}
