import type { TokenFile } from '../../../core/tokens/tokenFile.ts';
import { listPackages } from '../../../native-models/runtime/findPackages.ts';
import { openPackageFolder } from '../../../native-models/runtime/packageFolder.ts';
import type { OpenedTokens } from './tokenFile.ts';
import { packageFolders } from './folders.ts';
import { folderOf } from './withPackage.ts';

/** The package that tokens belong to; `codes` is null where it is not installed, so that nobody can tell. */
export interface Identity {
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
  if (!tokens.package || named !== undefined) {
    const { manifest, sha256 } = await openPackageFolder(await folderOf(named, root));
    return { made: { id: manifest.id, sha256 }, codes: manifest.tokenizer.codebook.size };
  }
  const { sha256 } = tokens.package;
  const installed = await listPackages(packageFolders(root));
  const same = installed.find(({ opened }) => opened?.sha256 === sha256)?.opened;
  return { made: tokens.package, codes: same?.manifest.tokenizer.codebook.size ?? null };
}
