import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { type MenuChoices, menuTemplate } from '../../../../../electron/main/menu/template.ts';

type Item = MenuItemConstructorOptions;

const choices: MenuChoices = {
  mac: false,
  developer: false,
  recent: [],
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

test('ids and keys are unambiguous', () => {
  const items = flat(menuTemplate(choices));
  const ids = items.flatMap(({ id }) => (id === undefined ? [] : [id]));
  expect(new Set(ids).size).toBe(ids.length);
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
