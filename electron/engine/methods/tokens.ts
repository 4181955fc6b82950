import type { TokenApi } from '../../../core/contract/tokenApi.ts';
import { TOKEN_FILE_FORMAT, type TokenFile } from '../../../core/tokens/tokenFile.ts';
import { checkIds } from '../../../core/tokens/grid.ts';
import { ledBy } from '../../../core/sampling/guidance.ts';
import { likelihoods, PASSES } from '../../../core/sampling/likelihoods.ts';
import { readTokenFile, type TokenFileContent, writeTokenFile } from '../../io/tokenFiles.ts';
import { nextTurn } from '../../../core/base/host.ts';
import { composeTokens } from '../../../core/fill/composeTokens.ts';
import { encodeFrame } from '../../../core/paint/encodeFrame.ts';
import { nearSighted } from '../../../core/paint/nearSighted.ts';
import { paintTokens, suggestTokens } from '../../../core/paint/painter.ts';
import type { Handlers } from '../handler.ts';
import type { Host } from '../host.ts';
import type { PackageStore } from '../packages/packageStore.ts';
import { createSwatchStore } from '../packages/swatchStore.ts';

/**
 * Everything about tokens. None of it waits for a fill or for one another: each run of a model blocks the thread for its
 * time only, and they take turns.
 */
export function tokenMethods(
  host: Pick<Host, 'pathOf' | 'cacheFolder'>,
  packages: PackageStore,
): Pick<Handlers, keyof TokenApi> {
  const swatches = createSwatchStore(packages, host.cacheFolder);
  return {
    'tokens.encode': (params, { signal }) =>
      packages.use(params.package, signal, async ({ tokenizer }) => {
        const encoded = await encodeFrame(tokenizer, params, signal);
        await nearSighted(tokenizer); // so that the first dab does not wait for it
        return encoded;
      }),
    'tokens.paint': (params, { signal }) =>
      packages.use(params.package, signal, ({ tokenizer }) => paintTokens(tokenizer, params, signal)),
    'tokens.suggest': (params, { signal }) =>
      packages.predict(params.package, signal, (model) => suggestTokens(model, params, signal)),
    'tokens.measure': ({ package: ref, grid, prompt }, { signal, progress }) =>
      packages.predict(ref, signal, async (model) => {
        const denoiser = await ledBy(model, prompt, signal);
        checkIds(grid, denoiser.codes);
        return likelihoods(grid, denoiser, {
          signal,
          async onPass(done) {
            progress({ done: done / PASSES });
            await nextTurn();
          },
        });
      }),
    'tokens.read': async ({ file }) =>
      tokenFileOf(await readTokenFile(await host.pathOf(file, 'read', 'tokens'))),
    'tokens.write': async ({ file, tokens }) => {
      await writeTokenFile(await host.pathOf(file, 'write', 'tokens'), tokens);
      return null;
    },
    'package.swatches': ({ ref }, call) => swatches.of(ref, call),
    'fill.compose': (params, { signal }) =>
      packages.use(params.package, signal, (model) => composeTokens(model, params, signal)),
  };
}

function tokenFileOf(content: TokenFileContent): TokenFile {
  if (content.kind === 'json') return content.file;
  const { width, height, ids } = content.grid;
  return {
    format: TOKEN_FILE_FORMAT,
    package: { id: '', sha256: '' },
    width,
    height,
    ids: Array.from(ids),
    pins: [],
  };
}
