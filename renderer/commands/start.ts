import type { Editor } from '../state/editor.svelte.ts';
import { bindKeyboard } from './bindKeyboard.ts';
import { followBrushSize } from './brushSize.svelte.ts';
import { followAutosave } from './files/autosave.ts';
import { followClosing, followTitle } from './files/close.svelte.ts';
import { openGiven } from './files/open.ts';
import { loadRecoverable } from './files/recovery.ts';
import { followPlans } from './fill/followPlans.svelte.ts';
import { followPackage } from './models/followPackage.svelte.ts';
import { listPackages } from './models/list.ts';
import { followPackageNews, loadServers } from './models/servers.ts';
import { followMenu } from './menu.svelte.ts';
import { persistPreferences, restorePreferences } from './preferences.svelte.ts';
import { report } from './report.ts';
import { followSession, followSettings, restoreSession } from './settings.svelte.ts';
import { followModel } from './tokens/model/follow.svelte.ts';
import { followUndoLimit } from './undoLimit.svelte.ts';
import { followUpdates, lookAtStart } from './updates.ts';
import { followTokens } from './tokens/view/follow.svelte.ts';

/**
 * Brings an editor to life: what it must know is asked for, and from then on it follows the keyboard, the menu, main and
 * the engine. What cannot be had becomes a notice. Resolves to the function that ends it all.
 */
export async function start(editor: Editor, page: Window = window): Promise<() => void> {
  const stops = [
    ...followMain(editor),
    bindKeyboard(editor, page),
    followBrushSize(editor),
    followMenu(editor),
    followPackage(editor),
    followPackageNews(editor),
    followPlans(editor),
    followModel(editor),
    followTokens(editor),
    followClosing(editor),
    followTitle(editor),
    followUndoLimit(editor),
    followUpdates(editor),
  ];
  await Promise.all(
    [loadAppInfo, restorePreferences, loadRecent, loadPackages, loadRecoverable].map((load) =>
      load(editor).catch((error: unknown) => {
        report(editor, error);
      }),
    ),
  );
  stops.push(followSettings(editor));
  offerRecovery(editor);
  await restoreSession(editor).catch((error: unknown) => {
    report(editor, error);
  });
  stops.push(followSession(editor)); // only now, so that what was kept is not forgotten
  stops.push(followAutosave(editor));
  stops.push(persistPreferences(editor)); // only now, so that what was persisted is not written over
  void lookAtStart(editor);
  return () => {
    for (const stop of stops) stop();
  };
}

/** The empty window says itself that something can be recovered; with a picture in it, a dialog does. */
function offerRecovery(editor: Editor): void {
  const isEmpty = editor.documents.length === 0 && editor.activity === null;
  if (editor.recoverable.length > 0 && !isEmpty) editor.dialog ??= 'recover';
}

async function loadPackages(editor: Editor): Promise<void> {
  await listPackages(editor);
  await loadServers(editor);
}

async function loadAppInfo(editor: Editor): Promise<void> {
  editor.appInfo = await editor.main.call('app.info', null);
  editor.dark = editor.appInfo.dark;
}

async function loadRecent(editor: Editor): Promise<void> {
  editor.recent = await editor.main.call('files.recent', null);
}

function followMain(editor: Editor): (() => void)[] {
  const { main } = editor;
  return [
    main.on('theme', ({ dark }) => {
      editor.dark = dark;
    }),
    main.on('recent', ({ files }) => {
      editor.recent = files;
    }),
    main.on('open', ({ files }) => {
      void openGiven(editor, files);
    }),
    main.on('engineRestarted', () => {
      forgetLoaded(editor);
      // What it was doing says so itself.
      const wasBusy = editor.activity !== null || editor.documents.some(({ fill }) => fill.job !== null);
      if (!wasBusy) editor.notices.done('The engine had stopped and was started again. Nothing is lost.');
    }),
  ];
}

/** A new engine has loaded nothing yet. */
function forgetLoaded({ packages }: Editor): void {
  packages.list = packages.list.map((info) => ({ ...info, provider: '' }));
}
