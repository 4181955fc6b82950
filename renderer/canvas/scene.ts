import type { Editor } from '../state/editor.svelte.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { deviceFor, type Device } from './device.ts';
import type { Repainter } from './repainter.ts';
import type { CanvasStage } from './stage.ts';
import type { Theme } from './theme.svelte.ts';

/** What every module of the view is given: the state that it reads and what it draws on. */
export interface Scene {
  readonly editor: Editor;
  readonly stage: CanvasStage;
  readonly repainter: Repainter;
  readonly theme: Theme;
}

/** How a document lies on bitmaps at the screen's own resolution. Reads state, so that a watcher follows the view. */
export function deviceOf({ view }: OpenDocument): Device {
  return deviceFor(view, devicePixelRatio);
}
