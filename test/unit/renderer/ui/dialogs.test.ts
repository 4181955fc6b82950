import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandGroup } from '../../../../core/commands/command.ts';
import { inColumns, shortcutGroups } from '../../../../renderer/ui/dialogs/shortcutGroups.ts';
import { shortcutText } from '../../../../renderer/commands/shortcuts.ts';
import { commandsFound, sharedBy } from '../../../../renderer/ui/dialogs/settings/shortcutList.ts';
import { COMMANDS, commandText } from '../../../../core/commands/menus.ts';
import { hasAlpha, hasQuality } from '../../../../renderer/ui/dialogs/exportFormats.ts';
import { marginsByShare, marginsForShape } from '../../../../renderer/ui/dialogs/margins.ts';

describe('extending by a shape', () => {
  it('adds to the sides that are too short, the same on both', () => {
    expect(marginsForShape({ width: 300, height: 200 }, 1)).toEqual({
      left: 0,
      top: 50,
      right: 0,
      bottom: 50,
    });
    expect(marginsForShape({ width: 300, height: 201 }, 2)).toEqual({
      left: 51,
      top: 0,
      right: 51,
      bottom: 0,
    });
  });

  it('never cuts anything off, and comes within a px of the shape', () => {
    const side = fc.integer({ min: 16, max: 9000 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 4 / 3, 16 / 9, 9 / 16), (width, height, aspect) => {
        const { left, top, right, bottom } = marginsForShape({ width, height }, aspect);
        expect(Math.min(left, top, right, bottom)).toBeGreaterThanOrEqual(0);
        const wide = width + left + right;
        const high = height + top + bottom;
        expect(Math.min(Math.abs(wide - high * aspect), Math.abs(high - wide / aspect))).toBeLessThan(1);
      }),
    );
  });

  it('keeps the shape where a share is added', () => {
    expect(marginsByShare({ width: 400, height: 200 }, 0.25)).toEqual({
      left: 50,
      top: 25,
      right: 50,
      bottom: 25,
    });
  });
});

describe('the list of shortcuts', () => {
  const command = (title: string, group: CommandGroup, shortcuts?: readonly string[]) => ({
    title,
    group,
    ...(shortcuts && { shortcuts }),
  });

  it('lists what has keys, by group, with the first of them', () => {
    const groups = shortcutGroups(
      [
        command('Undo', 'Edit', ['Mod+Z']),
        command('Fill', 'Fill', ['Enter', 'Mod+Enter']),
        command('Crop', 'Picture'),
        command('Redo', 'Edit', ['Mod+Shift+Z', 'Mod+Y']),
      ],
      (each) => shortcutText(each, 'linux'),
    );
    expect(groups).toEqual([
      {
        title: 'Edit',
        rows: [
          { title: 'Undo', keys: 'Ctrl+Z' },
          { title: 'Redo', keys: 'Ctrl+Shift+Z' },
        ],
      },
      { title: 'Fill', rows: [{ title: 'Fill', keys: 'Enter' }] },
    ]);
  });

  it('is searched by words, and says which commands share keys', () => {
    expect(commandsFound(COMMANDS, 'token ERASER').map(({ id }) => id)).toEqual(['tool.token-eraser']);
    expect(commandsFound(COMMANDS, '')).toEqual(COMMANDS);
    const shared = sharedBy(COMMANDS, commandText('tool.wand'), ({ shortcuts }) => shortcuts ?? []);
    expect(shared).toEqual(['Select by colour']);
  });

  it('shares groups out to columns, in their order, none higher than it has to be', () => {
    expect(inColumns(['a', 'b', 'c', 'd'], [3, 3, 4, 2], 2)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(inColumns(['a'], [9], 3)).toEqual([['a']]);
  });

  it('never needs more columns than there are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 5 }),
        (heights, count) => {
          const columns = inColumns(heights, heights, count);
          expect(columns.length).toBeLessThanOrEqual(count);
          expect(columns.flat()).toEqual(heights);
        },
      ),
    );
  });
});

it('knows what formats can hold', () => {
  expect((['png', 'jpeg', 'webp'] as const).map(hasQuality)).toEqual([false, true, true]);
  expect((['png', 'jpeg', 'webp'] as const).map(hasAlpha)).toEqual([true, false, true]);
});
