import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import {
  closeDocument,
  followClosing,
  followTitle,
} from '../../../../../renderer/commands/files/close.svelte.ts';
import { Editor } from '../../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { picturedDocument, select } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { FakeMain } from '../../support/fakeMain.ts';
import { KeepingEngine } from '../../support/keepingEngine.ts';

const [SAVE, LEAVE, CANCEL] = [0, 1, 2];

let engine: KeepingEngine;
let main: FakeMain;
let editor: Editor;

beforeEach(() => {
  engine = new KeepingEngine();
  main = new FakeMain({
    'files.save': () => ({ id: 'grant', name: 'a.tessera', kind: 'project', access: 'write' }),
    'files.remember': () => null,
    'window.close': () => null,
  });
  editor = new Editor(engine, main);
});

function open(edited: boolean): OpenDocument {
  const document = picturedDocument({ x: 0, y: 0, width: 30, height: 20 });
  editor.open(document);
  if (edited) select(document, { x: 0, y: 0, width: 5, height: 5 });
  return document;
}

describe('closing a document', () => {
  it('asks nothing where nothing is lost, and clears away the recovery', async () => {
    expect(await closeDocument(open(false), editor)).toBe(true);
    expect(main.paramsOf('dialog.ask')).toEqual([]);
    expect(editor.documents).toEqual([]);
    expect(engine.calls).toEqual(['recovery.drop']);
    expect(main.paramsOf('files.release')).toEqual([]);
  });

  it('ends the grants of its files', async () => {
    const document = open(false);
    document.source = { id: 'grant', name: 'a.jpg', kind: 'picture', access: 'read' };
    await closeDocument(document, editor);
    expect(main.paramsOf('files.release')).toEqual([{ files: ['grant'] }]);
  });

  it.each([
    ['saves it', SAVE, true, 1],
    ['leaves it unsaved', LEAVE, true, 0],
    ['keeps it open', CANCEL, false, 0],
  ])('%s as the person says', async (_, answer, closed, saved) => {
    main.answers['dialog.ask'] = () => answer;
    expect(await closeDocument(open(true), editor)).toBe(closed);
    expect(main.paramsOf('dialog.ask')).toMatchObject([
      { message: 'Do you want to save the changes to photo.jpg?', buttons: ['Save', "Don't save", 'Cancel'] },
    ]);
    expect(editor.documents).toHaveLength(closed ? 0 : 1);
    expect(engine.files.size).toBe(saved);
  });

  it('keeps it open when saving is called off', async () => {
    main.answers['dialog.ask'] = () => SAVE;
    main.answers['files.save'] = () => null;
    expect(await closeDocument(open(true), editor)).toBe(false);
    expect(editor.documents).toHaveLength(1);
  });
});

describe('closing the window', () => {
  let stop: () => void;
  beforeEach(() => {
    stop = followClosing(editor);
  });
  afterEach(() => {
    stop();
  });

  function isClosed(): boolean {
    return main.paramsOf('window.close').length > 0;
  }

  it('asks about each document that has changes, in front of it', async () => {
    const [first, , third] = [open(true), open(false), open(true)];
    const shown: (OpenDocument | null)[] = [];
    main.answers['dialog.ask'] = () => {
      shown.push(editor.active);
      return LEAVE;
    };
    main.say('closing', null);
    await vi.waitFor(() => {
      expect(isClosed()).toBe(true);
    });
    expect(shown).toEqual([first, third]);
    expect(engine.calls).toEqual(['recovery.drop', 'recovery.drop', 'recovery.drop']);
  });

  it('closes nothing when one shall stay', async () => {
    open(true);
    open(true);
    const answers = [LEAVE, CANCEL];
    main.answers['dialog.ask'] = () => answers.shift()!;
    main.say('closing', null);
    await vi.waitFor(() => {
      expect(answers).toEqual([]);
    });
    await settled();
    expect(isClosed()).toBe(false);
    expect(editor.documents).toHaveLength(2);
    expect(engine.calls).toEqual([]);
  });

  it('asks once, however often the button is pressed', async () => {
    open(true);
    main.answers['dialog.ask'] = () => CANCEL;
    main.say('closing', null);
    main.say('closing', null);
    await settled();
    expect(main.paramsOf('dialog.ask')).toHaveLength(1);
    main.say('closing', null);
    await settled();
    expect(main.paramsOf('dialog.ask')).toHaveLength(2);
  });

  it('stays when saving fails, and says why', async () => {
    open(true);
    main.answers['dialog.ask'] = () => SAVE;
    engine.failure = new TesseraError('output', 'no space');
    main.say('closing', null);
    await vi.waitFor(() => {
      expect(editor.notices.list).toMatchObject([{ message: 'no space' }]);
    });
    expect(isClosed()).toBe(false);
    expect(editor.documents).toHaveLength(1);
  });

  it('does not wait for an engine that is stuck', async () => {
    vi.useFakeTimers();
    open(false);
    engine.call = () => new Promise(() => undefined);
    main.say('closing', null);
    await vi.advanceTimersByTimeAsync(1900);
    expect(isClosed()).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(isClosed()).toBe(true);
    vi.useRealTimers();
  });
});

describe('the title', () => {
  it('tells the name, and whether anything would be lost', () => {
    const stop = followTitle(editor);
    const told = (): unknown => main.paramsOf('window.document').at(-1);
    flushSync();
    expect(told()).toEqual({ name: null, edited: false });
    const document = open(false);
    flushSync();
    expect(told()).toEqual({ name: 'photo.jpg', edited: false });
    select(document, { x: 0, y: 0, width: 5, height: 5 });
    open(false).name = 'other.png';
    flushSync();
    expect(told()).toEqual({ name: 'other.png', edited: true });
    document.undo();
    flushSync();
    expect(told()).toEqual({ name: 'other.png', edited: false });
    stop();
  });
});
