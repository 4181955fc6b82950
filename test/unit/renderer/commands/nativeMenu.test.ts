import { describe, expect, it } from 'vitest';
import { isCommand, MENUS } from '../../../../electron/main/menu/commands.ts';
import { commands } from '../../../../renderer/commands/registry.ts';

/** These mean something only while a key is held or a shape is half drawn; a menu would end that. */
const KEYS_ONLY = ['view.pan-held', 'edit.finish-shape', 'edit.step-back'];

const entries = MENUS.flatMap((menu) => menu.entries).filter(isCommand);

describe('the native menu', () => {
  it('has every command', () => {
    const ids = commands.map(({ id }) => id).filter((id) => !KEYS_ONLY.includes(id));
    expect(entries.map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it.each(entries)(
    'calls $id what the window calls it, and shows its first shortcut',
    ({ id, label, keys, type }) => {
      const command = commands.find((each) => each.id === id);
      expect({ label, keys, ticks: type !== undefined }).toEqual({
        label: command?.title,
        keys: accelerator(command?.shortcuts?.[0]),
        ticks: command?.checked !== undefined,
      });
    },
  );
});

/** A shortcut as Electron writes it. */
function accelerator(shortcut: string | undefined): string | undefined {
  return shortcut
    ?.replace('Mod', 'CmdOrCtrl')
    .replace(/\+\+$/, '+Plus')
    .replace('Escape', 'Esc')
    .replace('Arrow', '');
}
