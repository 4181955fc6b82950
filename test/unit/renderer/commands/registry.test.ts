import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../core/commands/menus.ts';
import { commandById, commands, run } from '../../../../renderer/commands/registry.ts';
import { isTokenTool, TOOLS } from '../../../../renderer/state/tools.svelte.ts';
import { createBench, openPicture, select } from '../support/editor.ts';

describe('the registry', () => {
  it('has every command of the table once', () => {
    expect(commands.map(({ id }) => id).sort()).toEqual(COMMANDS.map(({ id }) => id).sort());
  });

  it('has ticks for the commands that the menu ticks', () => {
    for (const command of commands) {
      expect('checked' in command, command.id).toBe(command.mark !== undefined);
    }
  });

  it('has a command for every tool', () => {
    for (const tool of TOOLS) {
      expect(commandById(`tool.${tool}`).group).toBe(isTokenTool(tool) ? 'Token tools' : 'Tools');
    }
  });

  it('knows no others', () => {
    expect(() => commandById('edit.nothing')).toThrow('There is no command “edit.nothing”.');
  });
});

describe('running a command', () => {
  it('does nothing where it cannot be used', async () => {
    const bench = createBench();
    const document = openPicture(bench);
    await run(bench.editor, 'select.none');
    expect(document.history.entries).toEqual([]);
    expect(bench.editor.notices.list).toEqual([]);
  });

  it('tells what goes wrong, once however often it does', async () => {
    const bench = createBench();
    openPicture(bench);
    await run(bench.editor, 'fill.run');
    await run(bench.editor, 'fill.run');
    expect(bench.editor.notices.list).toMatchObject([
      { kind: 'error', message: 'Nothing is selected.', hint: /mask brush/ },
    ]);
    await run(bench.editor, 'no.such');
    expect(bench.editor.notices.list).toHaveLength(2);
  });

  it('fits the view around the frames', async () => {
    const bench = createBench();
    const document = openPicture(bench);
    const frame = { rect: { x: 100, y: 0, width: 128, height: 128 }, scale: 1, columns: 16, rows: 16 };
    document.fill.plans = [{ frame, bounds: frame.rect }];
    await run(bench.editor, 'fill.reveal-frame');
    expect(document.view.centre).toEqual({ x: 164, y: 64 });
  });

  it('crops to the selection', async () => {
    const bench = createBench();
    const document = openPicture(bench);
    select(document, { x: 20, y: 30, width: 100, height: 60 });
    await run(bench.editor, 'canvas.crop');
    expect(document.current.canvas).toEqual({ x: 20, y: 30, width: 100, height: 60 });
    expect(document.history.entries.at(-1)).toMatchObject({
      label: 'Crop',
      details: [{ kind: 'size', of: 'px', width: 100, height: 60 }],
    });
  });

  it('switches what is shown, and the ticks with it', async () => {
    const { editor } = createBench();
    for (const id of ['view.hole', 'view.pixel-grid', 'view.rulers']) {
      const command = commandById(id);
      const before = command.checked?.(editor);
      await run(editor, id);
      expect(command.checked?.(editor)).toBe(before !== true);
    }
  });

  it('splits the comparison, and joins it again', async () => {
    const bench = createBench();
    openPicture(bench);
    await run(bench.editor, 'view.compare-split');
    expect(bench.editor.compare).toEqual({ split: 0.5 });
    expect(commandById('view.compare').checked?.(bench.editor)).toBe(false);
    await run(bench.editor, 'view.compare-split');
    expect(bench.editor.compare).toBeNull();
  });
});
