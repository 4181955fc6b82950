import type { ImportProgress, ModelToImport } from '../../../core/contract/packageApi.ts';
import { USUAL_GUIDANCE } from '../../../core/model/importing.ts';
import { idOf, identityOf } from '../../../native-models/importers/package/identity.ts';
import { importPackage } from '../../../native-models/importers/package/importPackage.ts';
import { recognise } from '../../../native-models/importers/recognise/recognise.ts';
import type { PackageFolder } from '../../../native-models/runtime/packageFolder.ts';

/**
 * Makes a package of the checkpoints at `paths` and installs it in a folder.
 *
 * @throws TesseraError as recognise and importPackage do
 */
export async function importFiles(
  paths: readonly string[],
  { name, license, precision, classId }: Omit<ModelToImport, 'files'>,
  folder: string,
  signal: AbortSignal,
  progress: (progress: ImportProgress) => void,
): Promise<PackageFolder> {
  const recognised = await recognise(paths, signal);
  const suggested = identityOf(recognised, precision);
  const own = name.trim() !== '' && name.trim() !== identityOf(recognised).name;
  const choices = {
    id: own ? idOf(name) : suggested.id,
    name: own ? name.trim() : suggested.name,
    license: license.trim() === '' ? 'unknown' : license.trim(),
    precision,
    heads: null,
    classId,
    guidance: USUAL_GUIDANCE,
  };
  let told = -1;
  return importPackage(recognised, choices, folder, {
    signal,
    onProgress(what, done) {
      // A window draws no more than a hundred states of a bar.
      if (Math.floor(100 * done) === told) return;
      told = Math.floor(100 * done);
      progress({ what, done });
    },
  });
}
