import type { FrameTokens } from '../../../../core/document/document.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { Encodings } from './encodings.ts';

/** What is remembered besides a sheet, to make the next one with little work. */
export interface SheetWork {
  readonly pictures: Encodings; // of what the document shows
  readonly originals: Encodings; // of what was opened
  /** What the document itself knew of the tokens on the sheet. */
  known: FrameTokens | null;
  /** Cells whose error was measured on other pixels. */
  readonly stale: Set<number>;
}

const works = new WeakMap<OpenDocument, SheetWork>();

export function workOf(document: OpenDocument): SheetWork {
  const found = works.get(document);
  if (found) return found;
  const work: SheetWork = {
    pictures: new Encodings((isRunning) => {
      document.tokenWork.encoding = isRunning;
    }),
    originals: new Encodings(),
    known: null,
    stale: new Set(),
  };
  works.set(document, work);
  return work;
}

/** Lets go of all that only serves looking at the tokens of a document. */
export function forgetWork(document: OpenDocument): void {
  const work = workOf(document);
  work.pictures.forget();
  work.originals.forget();
  work.known = null;
  work.stale.clear();
  document.tokenWork.sheet = null;
}
