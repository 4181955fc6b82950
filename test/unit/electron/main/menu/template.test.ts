import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../../../core/commands/menus.ts';
import { type MenuChoices, menuTemplate } from '../../../../../electron/main/menu/template.ts';

type Item = MenuItemConstructorOptions;

const choices: MenuChoices = {
  mac: false,
  developer: false,
  recent: [],
  keys: {},
  choose: () => undefined,
  clearRecent: () => undefined,
};

const flat = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

const click = (item: Item | undefined) => {
  (item?.click as (item: object | undefined) => void)(item);
};

test('an item tells the command that was chosen', () => {
  const chosen: string[] = [];
  const items = flat(menuTemplate({ ...choices, choose: (id) => chosen.push(id) }));
  click(items.find(({ id }) => id === 'edit.undo'));
  expect(chosen).toEqual(['edit.undo']);
});

test('every command has one item, apart from those that only keys can do', () => {
  const ids = flat(menuTemplate(choices)).flatMap(({ id }) => (id === undefined ? [] : [id]));
  expect(ids).toEqual(COMMANDS.filter(({ keysOnly }) => keysOnly !== true).map(({ id }) => id));
});

test.each([
  ['edit.redo', 'Redo', 'CmdOrCtrl+Shift+Z'],
  ['view.zoom-in', 'Zoom in', 'CmdOrCtrl+Plus'],
  ['view.zoom-out', 'Zoom out', 'CmdOrCtrl+-'],
  ['edit.cancel', 'Cancel', 'Esc'],
  ['tokens.scrub-back', 'Scrub back', 'Alt+Left'],
  ['canvas.crop', 'Crop to the selection', undefined],
])('the item of %s is called %s and shows %s', (id, label, accelerator) => {
  const item = flat(menuTemplate(choices)).find((each) => each.id === id);
  expect({ label: item?.label, accelerator: item?.accelerator }).toEqual({ label, accelerator });
});

test("a person's own keys are shown instead of those of the table", () => {
  const items = flat(menuTemplate({ ...choices, keys: { 'edit.redo': 'F6', 'view.zoom-in': '' } }));
  const shown = (id: string) => items.find((each) => each.id === id)?.accelerator;
  expect([shown('edit.redo'), shown('view.zoom-in'), shown('edit.undo')]).toEqual(['F6', undefined, 'CmdOrCtrl+Z']); // prettier-ignore
});

test('keys are only shown, so that nobody who types loses one', () => {
  const items = flat(menuTemplate(choices)).filter(({ accelerator }) => accelerator !== undefined);
  expect(items.length).toBeGreaterThan(20);
  expect(items.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true);
});

test('on a Mac the menu handles keys with Cmd, and no bare letters', () => {
  const items = flat(menuTemplate({ ...choices, mac: true })).filter(
    ({ accelerator }) => accelerator !== undefined,
  );
  expect(items.length).toBeGreaterThan(10);
  expect(items.every(({ accelerator }) => String(accelerator).startsWith('CmdOrCtrl'))).toBe(true);
});

test('recent files are listed, and the list can be cleared', () => {
  const done: string[] = [];
  const items = flat(
    menuTemplate({
      ...choices,
      recent: [{ label: 'photo.jpg', choose: () => done.push('opened') }],
      clearRecent: () => done.push('cleared'),
    }),
  );
  click(items.find(({ label }) => label === 'photo.jpg'));
  click(items.find(({ label }) => label === 'Clear this list'));
  expect(done).toEqual(['opened', 'cleared']);
});

test('developer tools are for developers', () => {
  const has = (developer: boolean) =>
    flat(menuTemplate({ ...choices, developer })).some(({ role }) => role === 'toggleDevTools');
  expect([has(true), has(false)]).toEqual([true, false]);
});

test('only what the window says is ticked: items are no radio groups, and clicking ticks none', () => {
  const items = flat(menuTemplate(choices));
  const brush = { ...items.find(({ id }) => id === 'tool.brush')!, checked: true };
  expect(brush.type).toBe('checkbox');
  click(brush);
  expect(brush.checked).toBe(false); // the platform has just ticked it
  expect(items.some(({ type }) => type === 'radio')).toBe(false);
});

test('menus have letters to press with Alt, each its own, but not on a Mac', () => {
  const letters = menuTemplate(choices).map(({ label }) => /&(.)/.exec(label!)?.[1]?.toLowerCase());
  expect(letters).not.toContain(undefined);
  expect(new Set(letters).size).toBe(letters.length);
  expect(menuTemplate({ ...choices, mac: true }).some(({ label }) => label?.includes('&'))).toBe(false);
});
