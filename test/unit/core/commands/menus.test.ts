import { describe, expect, it } from 'vitest';
import { COMMANDS, commandText, isCommand, MENUS } from '../../../../core/commands/menus.ts';

describe('the table of commands', () => {
  it('names every command once', () => {
    const ids = MENUS.flatMap(({ entries }) => entries.filter(isCommand)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(COMMANDS.map(({ id }) => id)).toEqual(ids);
  });

  it.each(COMMANDS)('gives $id a title', ({ title }) => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
  });

  it('groups commands by their menu, where they name no other group', () => {
    expect(commandText('edit.undo').group).toBe('Edit');
    expect(commandText('canvas.crop').group).toBe('Picture');
  });
});
