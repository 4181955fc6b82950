import { type ErrorCode, toErrorShape } from '../../core/base/errors.ts';
import type { Editor } from '../state/editor.svelte.ts';

/** Tells the person what went wrong; being stopped on request is not wrong. */
export function report(editor: Editor, error: unknown): void {
  const shape = toErrorShape(error);
  if (shape.code !== 'aborted') editor.notices.error(shape);
}

/** What lies with what was asked for, not with the program or the disk. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(['usage', 'input', 'limit']);

/** Tells why something that a person asked for is not done; a refusal leaves once that person has gone on. */
export function refuse(editor: Editor, error: unknown): void {
  const shape = toErrorShape(error);
  if (!REFUSALS.has(shape.code)) {
    report(editor, error);
    return;
  }
  const { active } = editor;
  const document = active?.current;
  editor.notices.error(shape, () => editor.active === active && active?.current === document);
}
