import { expect, it } from 'vitest';
import { showPanel } from '../../../../renderer/commands/panels.ts';
import { createBench } from '../support/editor.ts';

it('takes a tool that goes with the panel, and the one before when its panel comes back', () => {
  const { editor } = createBench();
  const { tools, preferences } = editor;
  tools.chosen = 'lasso';
  showPanel(editor, 'tokens');
  expect([preferences.panel, tools.chosen]).toEqual(['tokens', 'token-picker']);
  tools.chosen = 'token-brush';
  showPanel(editor, 'fill');
  expect([preferences.panel, tools.chosen]).toEqual(['fill', 'lasso']);
  showPanel(editor, 'tokens');
  expect(tools.chosen).toBe('token-brush');
});

it('leaves the tool to panels that go with any, and one that fits already', () => {
  const { editor } = createBench();
  const { tools } = editor;
  tools.chosen = 'wand';
  for (const panel of ['history', 'model', 'fill'] as const) {
    showPanel(editor, panel);
    expect(tools.chosen).toBe('wand');
  }
  tools.chosen = 'token-pin';
  for (const panel of ['history', 'tokens', 'model'] as const) {
    showPanel(editor, panel);
    expect(tools.chosen).toBe('token-pin');
  }
  showPanel(editor, 'fill'); // no tool for pixels was left
  expect(tools.chosen).toBe('brush');
});
