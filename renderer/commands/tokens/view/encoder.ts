import type { AbortNotice } from '../../../../core/contract/clients.ts';
import { TesseraError } from '../../../../core/base/errors.ts';
import { seenBy } from '../../../../core/paint/frameSeen.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { Encodable, Encode } from '../../../state/tokens/encodings.ts';
import { readyPackage } from '../../fill/package.ts';

/** How frames are encoded: by the engine, once it has their package. */
export function encoderOf(editor: Editor): Encode {
  return async ({ package: made, frame, picture }: Encodable, signal: AbortNotice) => {
    const ref = editor.refOf(made);
    await readyPackage(editor, ref, signal);
    if (signal.aborted) throw new TesseraError('aborted', 'Stopped.');
    return editor.engine.call('tokens.encode', { ...seenBy(frame, picture), package: ref }, { signal });
  };
}
