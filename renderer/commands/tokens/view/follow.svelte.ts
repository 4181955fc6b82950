import { untrack } from 'svelte';
import type { PackageInfo } from '../../../../core/contract/packageApi.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { currentSheet, tokensAreSeen } from '../../../state/tokens/tokensSeen.ts';
import { report } from '../../report.ts';
import { knownTokens, tokensSource } from './frameTokens.ts';
import { lacksErrors, renewErrors } from './errors.ts';
import { encoderOf } from './encoder.ts';

const QUIET = 120; // ms after the last change: nothing is encoded while changes follow one another
const LATER = 10_000; // ms that frame tokens made for a command stay with a document whose tokens are not shown
const LEISURE = 600; // ms until errors are measured, in the background

/**
 * Keeps the frame tokens of the active document in line with it while tokens are looked at, away from gestures; of all other
 * documents nothing stays. Returns what stops it.
 */
export function followTokens(editor: Editor): () => void {
  return $effect.root(() => {
    const document = $derived(tokensAreSeen(editor) ? editor.active : null);
    const current = $derived(document?.current);
    const picture = $derived(current?.picture);
    const tokens = $derived(current?.tokens);
    const frame = $derived(current?.frame);
    const info = $derived(editor.packages.byRef(editor.fillSettings.package));
    const hash = $derived(info?.sha256); // what is newly known of a package changes no token
    const sheet = $derived(document && info ? currentSheet(document, info) : null); // where, and how fine
    const inputs = $derived({ picture, tokens, frame, hash, sheet });
    const isBusy = $derived(editor.gesture !== null || (document?.live ?? null) !== null);

    $effect(() => {
      const looked = document;
      if (!looked) return undefined;
      return () => {
        looked.tokenWork.forget();
      };
    });
    $effect(() => {
      const others = editor.documents.filter(
        (other) =>
          other !== document && other.tokenWork.frameTokens !== null && other.tokenWork.stroke === null,
      );
      if (others.length === 0) return undefined;
      const timer = setTimeout(() => {
        for (const other of others) other.tokenWork.forget();
      }, LATER);
      return () => {
        clearTimeout(timer);
      };
    });
    $effect(() => {
      const { hash } = inputs;
      const looked = document;
      const mayFollow = looked && hash !== undefined && !isBusy;
      return mayFollow ? untrack(() => follow(editor, looked)) : undefined;
    });
  });
}

/** Shows the frame tokens at once where they are known, else a moment later; returns what calls that off. */
function follow(editor: Editor, document: OpenDocument): () => void {
  const info = editor.packages.byRef(editor.fillSettings.package)!;
  const source = tokensSource(document, info);
  document.tokenWork.pictures.stopOthers(source);
  const isThere = knownTokens(document, source) !== null;
  const timer = setTimeout(
    () => {
      bringUp(editor, document, info).catch((error: unknown) => {
        report(editor, error);
      });
    },
    isThere ? LEISURE : QUIET,
  );
  return () => {
    clearTimeout(timer);
  };
}

/** What changes meanwhile comes here again, so nothing is tried twice. */
async function bringUp(editor: Editor, document: OpenDocument, info: PackageInfo): Promise<void> {
  const { pictures } = document.tokenWork;
  const source = tokensSource(document, info);
  if (!knownTokens(document, source)) {
    await pictures.get(source, encoderOf(editor));
    knownTokens(document, tokensSource(document, info));
  }
  if (lacksErrors(document)) await renewErrors(editor, document, info);
}
