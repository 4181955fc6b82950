import { TesseraError } from '../../../core/base/errors.ts';
import type { TokenGrid } from '../../../core/tokens/grid.ts';
import type { Provenance } from '../../../core/tokens/provenance.ts';
import { TOKEN_FILE_FORMAT, type TokenFile } from '../../../core/tokens/tokenFile.ts';
import { readTokenFile } from '../../io/tokenFiles.ts';

/** What is known of tokens besides their ids. */
export interface TokenOrigin {
  readonly frame?: TokenFile['frame'];
  readonly picture?: TokenFile['picture'];
  readonly pins?: TokenFile['pins'];
  readonly provenance?: readonly Provenance[];
}

/** The tokens of a package as a file. */
export function tokenFileOf(
  { id, sha256 }: TokenFile['package'],
  { width, height, ids }: TokenGrid,
  { frame, picture, pins, provenance }: TokenOrigin,
): TokenFile {
  return {
    format: TOKEN_FILE_FORMAT,
    package: { id, sha256 },
    width,
    height,
    ids: Array.from(ids),
    pins: pins ?? [],
    ...(provenance && { provenance: [...provenance] }),
    ...(frame && { frame: { rect: frame.rect, scale: frame.scale } }),
    ...(picture && { picture }),
  };
}

/** A token file, or an NPY array, which has only the ids: the rest is then absent. */
export type OpenedTokens = Omit<TokenFile, 'package'> & { readonly package?: TokenFile['package'] };

export async function openTokens(path: string): Promise<OpenedTokens> {
  const content = await readTokenFile(path);
  if (content.kind === 'json') return content.file;
  const { width, height, ids } = content.grid;
  return { format: TOKEN_FILE_FORMAT, width, height, ids: Array.from(ids), pins: [] };
}

export function gridOf({ width, height, ids }: OpenedTokens): TokenGrid {
  return { width, height, ids: Int32Array.from(ids) };
}

/**
 * Ids mean something only with the codebook they were made for; an NPY array does not tell which that was.
 *
 * @throws TesseraError 'input' if it was another package's
 */
export function checkPackage(tokens: OpenedTokens, model: TokenFile['package'], path: string): void {
  const made = tokens.package;
  if (!made || made.sha256 === model.sha256) return;
  const same = made.id === model.id;
  throw new TesseraError(
    'input',
    same
      ? `The tokens in "${path}" were made with another build of the package ${made.id}.`
      : `The tokens in "${path}" were made with the package ${made.id}, and ${model.id} is in use.`,
    same ? 'Encode the picture again.' : `Give --package ${made.id}.`,
  );
}
