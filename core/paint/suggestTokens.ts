import type { Abort } from '../base/abort.ts';
import type { Suggestion, Suggestions, TokensToSuggest } from './requests.ts';
import { likelyCodes } from '../sampling/suggest.ts';
import type { Model } from '../model/model.ts';
import { nearSighted } from './nearSighted.ts';
import { createPainter } from './painter.ts';

/** The codes that the model finds likeliest for some cells, and what the picture is with each of them. */
export async function suggestTokens(
  { tokenizer, denoiser }: Model,
  params: Omit<TokensToSuggest, 'package'>,
  signal?: Abort,
): Promise<Suggestions> {
  const { grid, cells } = params;
  const { codes, entropy } = await likelyCodes(params, denoiser, signal);
  const painter = createPainter(await nearSighted(tokenizer), params, grid, cells);
  const list: Suggestion[] = [];
  for (const { id, probability } of codes) {
    const ids = grid.ids.slice();
    for (const cell of cells) ids[cell] = id;
    list.push({ id, probability, patch: await painter.paint({ ...grid, ids }, signal) });
  }
  return { list, entropy };
}
