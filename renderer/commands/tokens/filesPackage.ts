import { TesseraError } from '../../../core/base/errors.ts';
import type { PackageInfo } from '../../../core/contract/engineApi.ts';

/** Ids mean something only with the codebook they were made for. Throws 'package' where that is another one. */
export function checkPackage(
  made: { readonly id: string; readonly sha256: string },
  info: Pick<PackageInfo, 'id' | 'sha256'>,
): void {
  if (made.sha256 === info.sha256) return;
  const same = made.id === info.id;
  throw new TesseraError(
    'package',
    same
      ? `These tokens were made with another build of the package ${made.id}.`
      : `These tokens were made with the package ${made.id}, and ${info.id} is in use.`,
    same ? 'Install that build to use them.' : 'Choose that package in the Model panel.',
  );
}
