import { beforeEach, describe, expect, it } from 'vitest';
import { createKeyboard } from '../../../../renderer/commands/keyboard.ts';
import { keysText, setShortcuts, shortcutsOf } from '../../../../renderer/commands/keys.ts';
import { restorePreferences } from '../../../../renderer/commands/preferences.svelte.ts';
import { commandById } from '../../../../renderer/commands/registry.ts';
import {
  followSession,
  followSettings,
  restoreSession,
} from '../../../../renderer/commands/settings.svelte.ts';
import { shortcutOf } from '../../../../renderer/commands/shortcuts.ts';
import { type Bench, createBench, openPicture } from '../support/editor.ts';
import { settled } from '../support/fakeEngine.ts';
import { spoken, translated } from '../../../../renderer/state/texts.svelte.ts';
import { bytesText } from '../../../../renderer/ui/text/size.ts';

let bench: Bench;
beforeEach(() => {
  bench = createBench();
});

const PLAIN = { ctrl: false, meta: false, shift: false, alt: false };
const press = (key: string, code: string) =>
  createKeyboard(bench.editor).down({ ...PLAIN, key, code, repeat: false, focus: 'page' });

describe('shortcuts', () => {
  it('can be changed, taken away and set back; keys and buttons follow', () => {
    const { editor } = bench;
    openPicture(bench);
    const eraser = commandById('tool.eraser');
    setShortcuts(editor, 'tool.eraser', ['F6']);
    expect([keysText(editor, eraser), press('e', 'KeyE'), press('F6', 'F6')]).toEqual(['F6', false, true]);
    expect(editor.tools.chosen).toBe('eraser');
    setShortcuts(editor, 'tool.eraser', []);
    expect(keysText(editor, eraser)).toBe('');
    setShortcuts(editor, 'tool.eraser', null);
    expect([keysText(editor, eraser), editor.preferences.shortcuts]).toEqual(['E', {}]);
  });

  it('can do without those that type a sign by themselves', () => {
    const { editor } = bench;
    openPicture(bench);
    editor.preferences.letterKeys = false;
    const left = (id: string): readonly string[] => shortcutsOf(editor, commandById(id));
    expect([left('tool.eraser'), left('view.compare'), left('tool.rectangle')]).toEqual([[], [], []]);
    expect([left('fill.run'), left('edit.undo'), left('view.pan-held')]).toEqual([
      ['Enter', 'Mod+Enter'],
      ['Mod+Z', 'Mod+Alt+Z'],
      ['Space'],
    ]);
    expect(press('e', 'KeyE')).toBe(false);
  });

  it('are read from the keys that are pressed', () => {
    const of = (key: string, code: string, held: Partial<typeof PLAIN> = {}): string | null =>
      shortcutOf({ ...PLAIN, ...held, key, code }, 'linux');
    expect(of('e', 'KeyE', { ctrl: true, shift: true })).toBe('Mod+Shift+E');
    expect(of('[', 'BracketLeft')).toBe('[');
    expect(of('?', 'Slash', { shift: true })).toBe('?');
    expect(of(' ', 'Space')).toBe('Space');
    expect(of('F5', 'F5', { alt: true })).toBe('Alt+F5');
    expect(of('д', 'KeyL', { ctrl: true })).toBe('Mod+L');
    expect(of('Shift', 'ShiftLeft', { shift: true })).toBeNull();
  });
});

describe('settings', () => {
  it('the language is spoken at once, and main is told', async () => {
    const { editor, main } = bench;
    const stop = followSettings(editor);
    await settled();
    expect([spoken.locale, main.paramsOf('window.language')]).toEqual(['en', []]);
    editor.preferences.language = 'de';
    await settled();
    expect(translated('Nothing is selected.')).toBe('Nichts ist ausgewählt.');
    expect([bytesText(1_500_000), commandById('edit.undo').title]).toEqual(['1,5 MB', 'Rückgängig']);
    expect(main.paramsOf('window.language')).toEqual([{ language: 'de' }]);
    editor.preferences.language = 'system';
    await settled();
    expect(spoken.locale).toBe('en');
    stop();
  });

  it('are carried out: the look and the keys by main, the memory for undo by each history', async () => {
    const { editor, main } = bench;
    const document = openPicture(bench);
    const stop = followSettings(editor);
    await settled();
    expect([main.paramsOf('window.look'), main.paramsOf('menu.keys')]).toEqual([[], []]);
    Object.assign(editor.preferences, { theme: 'dark', scale: 125, undoLimit: 250 });
    setShortcuts(editor, 'file.open', ['Mod+L']);
    await settled();
    expect(main.paramsOf('window.look')).toEqual([{ theme: 'dark', scale: 1.25 }]);
    expect(main.paramsOf('menu.keys')).toEqual([{ keys: { 'file.open': 'Mod+L' } }]);
    expect(document.history.limit).toBe(250e6);
    stop();
  });

  it('say how fills begin at the start', async () => {
    const { editor, main } = bench;
    main.answers['preferences.read'] = () => ({
      firstPreset: 'fine',
      firstCandidates: 2,
      scale: 3, // of no such size
      fill: { preset: 'draft', candidates: 6 },
    });
    await restorePreferences(editor);
    expect([editor.fillSettings.preset, editor.fillSettings.candidates]).toEqual(['fine', 2]);
    expect(editor.preferences.scale).toBe(100);
  });
});

describe('the session', () => {
  it('is kept as the files that are open, also while the window closes', async () => {
    const { editor, main } = bench;
    const stop = followSession(editor);
    const document = openPicture(bench);
    document.source = { id: 'g1', name: 'a.jpg', kind: 'picture', access: 'read' };
    await settled();
    editor.leaving = true;
    editor.documents = [];
    await settled();
    expect(main.paramsOf('session.keep')).toEqual([{ files: ['g1'] }]);
    stop();
  });

  it('is not opened where something is open or can be recovered, or it is not wanted', async () => {
    const { editor, main } = bench;
    editor.preferences.restoreSession = false;
    await restoreSession(editor);
    editor.preferences.restoreSession = true;
    editor.recoverable = [{ document: 'a', name: 'a', at: 1 }];
    await restoreSession(editor);
    expect(main.paramsOf('session.open')).toEqual([]);
    editor.recoverable = [];
    await restoreSession(editor);
    expect(main.paramsOf('session.open')).toHaveLength(1);
  });
});
