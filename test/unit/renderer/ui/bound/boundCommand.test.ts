import { describe, expect, it } from 'vitest';
import { commandById } from '../../../../../renderer/commands/registry.ts';
import { boundCommand } from '../../../../../renderer/ui/bound/boundCommand.ts';
import { firstStep } from '../../../../../renderer/ui/empty/firstSteps.ts';
import { whyNoFill } from '../../../../../renderer/ui/fill/nextFill.ts';
import { createBench, openPicture, PACKAGE, select } from '../../support/editor.ts';

const sources = import.meta.glob<string>('../../../../../renderer/ui/**/*.{svelte,ts}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const used = new Set(
  Object.values(sources).flatMap(
    (text) => text.match(/(?<=['"])(file|edit|select|fill|canvas|view|help)\.[a-z-]+(?=['"])/g) ?? [],
  ),
);

describe('buttons and menus', () => {
  it('use commands at all', () => {
    expect(used.size).toBeGreaterThan(20);
  });

  it.each([...used])('find the command %s', (id) => {
    expect(commandById(id).id).toBe(id);
  });
});

describe('a bound command', () => {
  it('tells what its button shows, as it is now', () => {
    const bench = createBench();
    expect(boundCommand(bench.editor, 'edit.undo')).toMatchObject({
      title: 'Undo',
      keys: 'Ctrl+Z',
      disabled: true,
    });
    const document = openPicture(bench);
    select(document, { x: 10, y: 10, width: 20, height: 20 });
    const command = boundCommand(bench.editor, 'edit.undo');
    expect(command.disabled).toBe(false);
    command.run();
    expect(document.history.position).toBe(0);
  });

  it('is checked where it can be', () => {
    const { editor } = createBench();
    expect(boundCommand(editor, 'edit.undo').checked).toBeUndefined();
    expect(boundCommand(editor, 'view.rulers').checked).toBe(false);
  });
});

describe('why nothing can be filled', () => {
  it('says the next thing to do', () => {
    const bench = createBench();
    const { editor } = bench;
    expect(whyNoFill(editor)).toBe('Open a picture first.');
    const document = openPicture(bench);
    expect(whyNoFill(editor)).toBe('Paint over what you want to remove.');
    select(document, { x: 10, y: 10, width: 20, height: 20 });
    expect(whyNoFill(editor)).toBeNull();
    const frame = { rect: { x: 100, y: 100, width: 64, height: 64 }, scale: 1, columns: 8, rows: 8 };
    document.commit('Frame', { frame: { before: null, after: frame } });
    expect(whyNoFill(editor)).toBe('Move the frame over the selection.');
    document.fill.plans = [{ frame, bounds: frame.rect }];
    expect(whyNoFill(editor)).toBeNull();
    editor.packages.list = [{ ...PACKAGE, fills: false }];
    expect(whyNoFill(editor)).toBe('Tessera Base has no denoiser: add a model in the Model panel.');
    editor.packages.list = [
      { ...PACKAGE, fills: false },
      { ...PACKAGE, ref: 'other', id: 'other', name: 'Other' },
    ];
    expect(whyNoFill(editor)).toBe('Tessera Base has no denoiser: choose Other in the Model panel.');
    editor.packages.list = [];
    expect(whyNoFill(editor)).toBe('No model package is installed.');
  });
});

it('leads a newcomer from the first stroke to the first fill', () => {
  const bench = createBench();
  const document = openPicture(bench);
  expect(firstStep(document)).toBe(0);
  select(document, { x: 10, y: 10, width: 20, height: 20 });
  expect(firstStep(document)).toBe(1);
  document.commit('Fill', { frame: { before: null, after: null } });
  expect(firstStep(document)).toBe(3);
});
