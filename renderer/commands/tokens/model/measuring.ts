import type { FrameTokens } from '../../../../core/document/document.ts';
import { TesseraError } from '../../../../core/base/errors.ts';
import type { Likelihoods } from '../../../../core/sampling/likelihoods.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { HeatKind } from '../../../state/tokens/tokenWork.svelte.ts';
import { promptFor } from '../../fill/order.ts';
import { readyPackage } from '../../fill/package.ts';
import { report } from '../../report.ts';
import { sameGrid } from './maps.ts';

/** How work is followed and given up. */
export interface Follow {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly done: number }) => void;
}

/** Shows that something is measured while it is; of two, the newer one stays. Null where it was given up or went wrong. */
export async function whileMeasuring<T>(
  editor: Editor,
  { tokenWork }: OpenDocument,
  kind: HeatKind,
  work: (follow: Follow) => Promise<T>,
): Promise<T | null> {
  tokenWork.measuring?.cancel();
  const stop = new AbortController();
  const { signal } = stop;
  const isMine = (): boolean => tokenWork.measuring?.cancel === cancel;
  const cancel = (): void => {
    stop.abort();
    if (isMine()) tokenWork.measuring = null;
  };
  tokenWork.measuring = { kind, done: 0, cancel };
  const onProgress = ({ done }: { readonly done: number }): void => {
    if (isMine()) tokenWork.measuring = { kind, done, cancel };
  };
  try {
    const result = await work({ signal, onProgress });
    return signal.aborted ? null : result;
  } catch (error) {
    report(editor, error);
    return null;
  } finally {
    if (isMine()) tokenWork.measuring = null;
  }
}

/** What the model thinks of every token; known at once for the tokens that it was asked about last. */
export async function likelihoodsOf(
  editor: Editor,
  document: OpenDocument,
  tokens: FrameTokens,
  { signal, onProgress }: Follow,
): Promise<Likelihoods> {
  const known = document.tokenWork.measured;
  const ref = editor.refOf(tokens.package);
  const prompt = promptFor(editor, ref);
  const sameWords = JSON.stringify(known?.prompt ?? null) === JSON.stringify(prompt);
  if (known && sameWords && sameGrid(known.tokens, tokens)) return known.likelihoods;
  if (signal.aborted) throw new TesseraError('aborted', 'Stopped.');
  await readyPackage(editor, ref, signal);
  const params = { package: ref, grid: tokens.grid, ...(prompt && { prompt }) };
  const likelihoods = await editor.engine.call('tokens.measure', params, { signal, onProgress });
  document.tokenWork.measured = { tokens, prompt, likelihoods };
  return likelihoods;
}
