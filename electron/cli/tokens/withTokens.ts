import type { LoadedParts } from '../../../native-models/runtime/loadPackage.ts';
import { checkIds, type TokenGrid } from '../../../core/tokens/grid.ts';
import type { TokensOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { checkPackage, gridOf, type OpenedTokens } from '../shared/tokenFile.ts';
import { folderOf, withPackage } from '../shared/withPackage.ts';
import type { TokenFile } from '../../../core/tokens/tokenFile.ts';
import { listPackages } from '../../../native-models/runtime/findPackages.ts';
import { openPackageFolder } from '../../../native-models/runtime/packageFolder.ts';
import { packageFolders } from '../shared/folders.ts';

/** What tokens are worked on with. */
export interface TokenModel {
  readonly model: LoadedParts;
  readonly grid: TokenGrid;
  readonly loading: number; // ms
}

/**
 * Lends `work` the package that tokens were made with, or the one that the options name.
 *
 * @throws TesseraError 'input' where the tokens are another package's
 */
export async function withTokens<T>(
  context: Context,
  options: TokensOptions,
  tokens: OpenedTokens,
  work: (opened: TokenModel) => Promise<T>,
): Promise<T> {
  const named = await packageFor(tokens, options.package, context.root);
  const model = { ...options, ...(named !== undefined && { package: named }) };
  return withPackage(context, model, (opened) => {
    const grid = gridOf(tokens);
    checkPackage(tokens, opened.model, options.file);
    checkIds(grid, opened.model.tokenizer.codes);
    return work({ ...opened, grid });
  });
}

/** What to open for tokens: the very build that made them, where it is installed beside others and none of these is named. */
async function packageFor(
  { package: made }: OpenedTokens,
  named: string | undefined,
  root: string,
): Promise<string | undefined> {
  if (!made || (named !== undefined && named !== made.id)) return named;
  const installed = await listPackages(packageFolders(root));
  return installed.find(({ opened }) => opened?.sha256 === made.sha256)?.folder ?? made.id;
}

/** The package that tokens belong to; `codes` is null where it is not installed, so that nobody can tell. */
interface Identity {
  readonly made: TokenFile['package'];
  readonly codes: number | null;
}

/**
 * Which package tokens belong to, from its manifest alone. A JSON file tells; for an NPY array it is the package that
 * the user named, or the default one.
 */
export async function identify(
  tokens: OpenedTokens,
  named: string | undefined,
  root: string,
): Promise<Identity> {
  const open = await packageFor(tokens, named, root);
  if (!tokens.package || named !== undefined) {
    const { manifest, sha256 } = await openPackageFolder(await folderOf(open, root));
    return { made: { id: manifest.id, sha256 }, codes: manifest.tokenizer.codebook.size };
  }
  const { sha256 } = tokens.package;
  const installed = await listPackages(packageFolders(root));
  const same = installed.find(({ opened }) => opened?.sha256 === sha256)?.opened;
  return { made: tokens.package, codes: same?.manifest.tokenizer.codebook.size ?? null };
}
