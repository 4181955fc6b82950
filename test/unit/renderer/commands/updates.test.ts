import { beforeEach, describe, expect, it } from 'vitest';
import type { UpdateState } from '../../../../core/contract/mainApi.ts';
import { commands } from '../../../../renderer/commands/registry.ts';
import {
  followUpdates,
  installUpdate,
  lookAtStart,
  lookForUpdates,
} from '../../../../renderer/commands/updates.ts';
import { Editor } from '../../../../renderer/state/editor.svelte.ts';
import { picturedDocument, select } from '../support/editor.ts';
import { APP_INFO, FakeMain } from '../support/fakeMain.ts';
import { KeepingEngine } from '../support/keepingEngine.ts';

const FOUND: UpdateState = { kind: 'found', version: '10.0.0' };

let main: FakeMain;
let editor: Editor;

beforeEach(() => {
  main = new FakeMain({ 'updates.check': () => FOUND, 'updates.install': () => null });
  editor = new Editor(new KeepingEngine(), main);
  editor.appInfo = { ...APP_INFO, updates: true };
});

function openEdited(): void {
  const document = picturedDocument({ x: 0, y: 0, width: 30, height: 20 });
  editor.open(document);
  select(document, { x: 0, y: 0, width: 5, height: 5 });
}

describe('looking for updates', () => {
  it('can be asked for only where this copy can be updated', () => {
    const command = commands.find(({ id }) => id === 'help.updates');
    expect(command?.enabled(editor)).toBe(true);
    editor.appInfo = APP_INFO;
    expect(command?.enabled(editor)).toBe(false);
  });

  it('shows what came of it', async () => {
    await lookForUpdates(editor);
    expect(editor.dialog).toBe('updates');
    expect(editor.update).toEqual(FOUND);
  });

  it('follows what main tells', () => {
    const stop = followUpdates(editor);
    main.say('update', { kind: 'downloading', version: '10.0.0', done: 0.5 });
    expect(editor.update).toMatchObject({ done: 0.5 });
    stop();
    expect(main.listening('update')).toBe(false);
  });

  it('at the start asks nobody unless a person wants that, and this copy can be updated', async () => {
    await lookAtStart(editor);
    editor.preferences.lookForUpdates = true;
    editor.appInfo = APP_INFO;
    await lookAtStart(editor);
    expect(main.asked).toEqual([]);
  });

  it('at the start tells of a newer version alone', async () => {
    editor.preferences.lookForUpdates = true;
    main.answers['updates.check'] = () => ({ kind: 'newest' });
    await lookAtStart(editor);
    main.answers['updates.check'] = () => ({
      kind: 'failed',
      error: { code: 'input', message: 'No server.' },
    });
    await lookAtStart(editor);
    expect(editor.notices.list).toEqual([]);
    main.answers['updates.check'] = () => FOUND;
    await lookAtStart(editor);
    expect(editor.notices.list).toMatchObject([{ message: 'Tessera 10.0.0 can be had.' }]);
    editor.notices.list[0]?.action?.run();
    expect(editor.dialog).toBe('updates');
  });
});

describe('installing an update', () => {
  it('asks about what is unsaved first, and stays where that is to stay', async () => {
    openEdited();
    main.answers['dialog.ask'] = () => 2;
    await installUpdate(editor);
    expect(main.paramsOf('updates.install')).toEqual([]);
    expect(editor.documents).toHaveLength(1);
    main.answers['dialog.ask'] = () => 1;
    await installUpdate(editor);
    expect(main.paramsOf('updates.install')).toEqual([null]);
    expect(main.paramsOf('window.close')).toEqual([]); // main ends the program itself
  });

  it('waits for work to end', async () => {
    editor.batch.cancel = () => undefined;
    await expect(installUpdate(editor)).rejects.toMatchObject({ message: 'A fill is running.' });
    editor.batch.cancel = null;
    editor.activity = { label: 'Saving', done: null };
    await expect(installUpdate(editor)).rejects.toMatchObject({ code: 'usage' });
    expect(main.asked).toEqual([]);
  });

  it('leaves a window that can be worked in where it fails', async () => {
    main.answers['updates.install'] = () => {
      throw new Error('no password');
    };
    await expect(installUpdate(editor)).rejects.toThrow('no password');
    expect(editor.leaving).toBe(false);
  });
});
