import path from 'node:path';
import { throwIfAborted } from '../../../core/base/abort.ts';
import type { Manifest } from '../../../core/model/manifest.ts';
import { createConditioner } from '../../runtime/conditioner.ts';
import { createDenoiser } from '../../runtime/denoiser.ts';
import { type OpenSession, sessionFactory } from '../../runtime/sessions.ts';
import { createTokenizer } from '../../runtime/tokenizer.ts';
import { drawPalette } from './drawCodes.ts';
import { tokenReach } from './tokenReach.ts';

/** What only running the models tells. */
export interface Tried {
  readonly palette: Manifest['palette'];
  readonly tileOverlap: number; // tokens
}

/**
 * Loads every model of a package that is being made, runs each on its smallest input, and looks at what the codes are.
 *
 * @param onPalette told when the codes are drawn; what it gives is told the share that is done
 * @throws TesseraError 'package' if a model does not run or gives something else than it should
 */
export async function tryModels(
  draft: Manifest,
  folder: string,
  { onPalette, signal }: { readonly onPalette: () => (share: number) => void; readonly signal?: AbortSignal },
): Promise<Tried> {
  const sessions = sessionFactory({ provider: 'cpu' });
  const open: OpenSession = (file) => {
    const name = `${file} of the package ${draft.id}`;
    return { name, open: () => sessions.create(path.join(folder, file), name) };
  };
  const { tokenizer, models } = createTokenizer(draft, open);
  const leading = createConditioner(draft, open, (file) => path.join(folder, file));
  const owned = createDenoiser(draft, open, leading?.conditioner ?? null, () => sessions.provider);
  const all = [...(owned ? [owned.model] : []), ...(leading?.model ? [leading.model] : []), ...models];
  try {
    for (const model of all) {
      throwIfAborted(signal);
      await model.load();
    }
    const tileOverlap = await tokenReach(tokenizer, signal);
    return { tileOverlap, palette: await drawPalette(tokenizer, onPalette(), signal) };
  } finally {
    await Promise.all(all.map((model) => model.dispose()));
  }
}
