import { throwIfAborted } from '../../../core/base/abort.ts';
import { archiveOf } from '../../../native-models/runtime/packArchive.ts';
import {
  checkHashes,
  openPackageFolder,
  type PackageFolder,
} from '../../../native-models/runtime/packageFolder.ts';
import { atomicReplace } from '../../io/files/atomicWrite.ts';

/**
 * Writes a package as one `.tspkg` file, which installs as the same package: the same package gives the same bytes.
 *
 * @param onProgress is told how much is done, 0 .. 1
 * @throws TesseraError 'package' if it is damaged, 'output' if the file cannot be written, 'aborted'
 */
export async function exportPackage(
  folder: string,
  file: string,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress?: (done: number) => void },
): Promise<PackageFolder> {
  const opened = await openPackageFolder(folder);
  await checkHashes(opened, signal);
  const total = Object.values(opened.manifest.files).reduce((sum, { bytes }) => sum + bytes, 1);
  await atomicReplace(file, async (target) => {
    let written = 0;
    for await (const chunk of archiveOf(opened)) {
      throwIfAborted(signal);
      await target.writeFile(chunk as Uint8Array); // where the last one ended
      written += (chunk as Uint8Array).length;
      onProgress?.(Math.min(1, written / total));
    }
  });
  return opened;
}
