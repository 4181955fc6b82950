import { toErrorShape } from '../../core/base/errors.ts';
import type { Editor } from '../state/editor.svelte.ts';

/** Tells the person what went wrong; being stopped on request is not wrong. */
export function report(editor: Editor, error: unknown): void {
  const shape = toErrorShape(error);
  if (shape.code !== 'aborted') editor.notices.error(shape);
}
