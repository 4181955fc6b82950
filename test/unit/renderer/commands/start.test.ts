import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import { bindKeyboard } from '../../../../renderer/commands/bindKeyboard.ts';
import { run } from '../../../../renderer/commands/registry.ts';
import { start } from '../../../../renderer/commands/start.ts';
import { Editor } from '../../../../renderer/state/editor.svelte.ts';
import { createBench, openPicture, PACKAGE, select } from '../support/editor.ts';
import { FakeEngine, settled } from '../support/fakeEngine.ts';
import { APP_INFO, FakeMain } from '../support/fakeMain.ts';
import { FakeElement, FakePage } from '../support/fakePage.ts';

beforeEach(() => {
  vi.stubGlobal('Element', FakeElement);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

async function started(main = new FakeMain()) {
  const engine = new FakeEngine();
  const editor = new Editor(engine, main);
  const page = new FakePage();
  const starting = start(editor, page.asWindow());
  await settled();
  await engine.newest('package.list').answer([PACKAGE]);
  await engine.newest('recovery.list').answer([{ document: 'a', name: 'lost.jpg', at: 1 }]);
  return { editor, engine, main, page, stop: await starting };
}

describe('starting', () => {
  it('asks for all that the editor must know', async () => {
    const recent = { id: '1', name: 'a.jpg', folder: '~/Pictures', kind: 'picture' as const, look: null };
    const { editor, main, stop } = await started(
      new FakeMain({ 'files.recent': () => [recent], 'preferences.read': () => ({ rulers: true }) }),
    );
    expect(editor.appInfo).toEqual(APP_INFO);
    expect(editor.dark).toBe(true);
    expect(editor.recent).toEqual([recent]);
    main.say('recent', { files: [] });
    expect(editor.recent).toEqual([]); // it was cleared in the menu
    expect(editor.packages.list).toEqual([PACKAGE]);
    expect(editor.recoverable).toMatchObject([{ name: 'lost.jpg' }]);
    expect(editor.dialog).toBeNull(); // the empty window says so itself
    expect(editor.preferences.rulers).toBe(true);
    expect(editor.notices.list).toEqual([]);
    stop();
  });

  it('offers what can be recovered also where a file was opened with the program', async () => {
    const main = new FakeMain();
    const engine = new FakeEngine();
    const editor = new Editor(engine, main);
    const starting = start(editor, new FakePage().asWindow());
    await settled();
    editor.activity = { label: 'Opening a.jpg', done: null, cancel: () => undefined };
    await engine.newest('package.list').answer([PACKAGE]);
    await engine.newest('recovery.list').answer([{ document: 'a', name: 'lost.jpg', at: 1 }]);
    const stop = await starting;
    expect(editor.dialog).toBe('recover');
    stop();
  });

  it('goes on where something cannot be had, and says so', async () => {
    const fail = () => {
      throw new TesseraError('input', 'The preferences are broken.');
    };
    const { editor, stop } = await started(new FakeMain({ 'preferences.read': fail }));
    expect(editor.notices.list).toMatchObject([{ message: 'The preferences are broken.' }]);
    expect(editor.packages.list).toEqual([PACKAGE]);
    stop();
  });

  it('says where a file that was given to the application cannot be opened', async () => {
    const { editor, main, stop } = await started();
    const [gone, text] = ['gone.jpg', 'notes.txt'].map((name) => ({
      name,
      error: { code: 'input' as const, message: `${name} cannot be opened.` },
    }));
    main.say('open', { files: [gone!] });
    await settled();
    expect(editor.notices.list.at(-1)).toMatchObject({ message: gone!.error.message });
    main.say('open', { files: [gone!, text!] });
    const message = "2 files can't be opened: gone.jpg, notes.txt.";
    await vi.waitFor(() => {
      expect(editor.notices.list.map((notice) => notice.message)).toContain(message);
    });
    stop();
  });

  it('follows the theme and the keyboard until it ends', async () => {
    const { editor, main, page, stop } = await started();
    main.say('theme', { dark: false });
    expect(editor.dark).toBe(false);
    expect(page.press('?')).toBe(true);
    expect(editor.dialog).toBe('shortcuts');
    stop();
    editor.dialog = null;
    main.say('theme', { dark: true });
    expect(editor.dark).toBe(false);
    expect(page.press('?')).toBe(false);
    for (const event of ['theme', 'command', 'engineRestarted'] as const)
      expect(main.listening(event)).toBe(false);
  });

  it('says when the engine was started again, unless what it was doing says so', async () => {
    const bench = await started();
    const { editor, engine, main, stop } = bench;
    main.say('engineRestarted', null);
    expect(editor.packages.byRef(PACKAGE.id)?.provider).toBe('');
    expect(editor.notices.list).toMatchObject([{ kind: 'done' }]);

    editor.notices.list = [];
    const document = openPicture(bench);
    select(document, { x: 0, y: 0, width: 20, height: 20 });
    const filling = run(editor, 'fill.run');
    await settled();
    main.say('engineRestarted', null);
    await engine.newest('package.load').fail(new TesseraError('internal', 'The engine stopped.'));
    await filling;
    expect(editor.notices.list).toMatchObject([{ kind: 'error', message: 'The engine stopped.' }]);
    stop();
  });
});

describe('the keyboard of a page', () => {
  function bound() {
    const bench = createBench();
    const document = openPicture(bench);
    const page = new FakePage();
    return { ...bench, document, page, stop: bindKeyboard(bench.editor, page.asWindow()) };
  }

  it('leaves alone what somebody else has taken, and what an input method is composing', () => {
    const { editor, page } = bound();
    expect(page.press('e', { isComposing: true })).toBe(false);
    page.send('keydown', { key: 'e', code: 'KeyE', defaultPrevented: true });
    expect(editor.tools.chosen).toBe('brush');
    page.press('e');
    expect(editor.tools.chosen).toBe('eraser');
  });

  it('leaves Enter to a button that the keyboard chose, not to one that was clicked', () => {
    const { editor, page } = bound();
    const target = new FakeElement('button');
    expect(page.press('Enter', { target })).toBe(false);
    page.send('pointerdown');
    expect(page.press('Enter', { target })).toBe(true);
    page.press('Tab');
    expect(page.press('Enter', { target })).toBe(false);
    expect(editor.notices.list.length).toBeLessThanOrEqual(1);
  });

  it('tells styles that the pointer put the focus, until the keyboard moves it', () => {
    const { page } = bound();
    page.send('pointerdown');
    page.press('e');
    page.press('ArrowLeft', { target: new FakeElement('button') });
    expect([...page.attributes]).toEqual(['data-pointed']);
    page.press('Tab');
    expect([...page.attributes]).toEqual([]);
    page.send('pointerdown');
    page.press('ArrowLeft', { target: new FakeElement('input') }); // a slider
    expect([...page.attributes]).toEqual([]);
  });

  it('leaves a field its keys; Escape leaves the field', () => {
    const { editor, page } = bound();
    const target = new FakeElement('textarea');
    expect(page.press('e', { target })).toBe(false);
    page.press('Escape', { target });
    expect(target.blurred).toBe(true);
    expect(editor.tools.chosen).toBe('brush');
  });

  it('knows AltGr from Ctrl+Alt', () => {
    const { editor, page } = bound();
    const typed = { ctrlKey: true, altKey: true, getModifierState: (name: string) => name === 'AltGraph' };
    const before = editor.tools.size;
    expect(page.press('[', typed)).toBe(true);
    expect(editor.tools.size).toBeLessThan(before);
  });

  it('lets keys go when they are, or when the window loses them', () => {
    const { editor, page, stop } = bound();
    page.press(' ', { code: 'Space' });
    expect(editor.tools.active).toBe('pan');
    expect(page.send('keyup', { key: ' ', code: 'Space' })).toBe(true);
    expect(editor.tools.active).toBe('brush');
    page.press(' ', { code: 'Space' });
    page.send('blur');
    expect(editor.tools.active).toBe('brush');
    page.press(' ', { code: 'Space' });
    stop();
    expect(editor.tools.active).toBe('brush');
  });
});
