import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { TesseraError } from '../../core/base/errors.ts';
import { digestsOf, type PackageFolder, packageFile, REPAIR } from './packageFolder.ts';

/**
 * The `.tspkg` archive of a package, its files as they are: the same package gives the same bytes anywhere. A file that
 * cannot be read ends the stream with an error of code 'package'.
 */
export function archiveOf(opened: PackageFolder): Readable {
  const zip = new ZipFile();
  const packed = new PassThrough();
  zip.once('error', (cause: Error) => {
    const { id } = opened.manifest;
    packed.destroy(
      new TesseraError('package', `A file of the package ${id} cannot be read.`, REPAIR, { cause }),
    );
  });
  const entry = {
    mtime: new Date(2000, 0, 1), // a zip tells times in the zone of the machine, and this one is alike in every zone
    mode: 0o100644,
    forceDosTimestamp: true,
    compress: false, // weights hardly become smaller, and what packs them differs from one zlib to the next
  } as const;
  for (const name of digestsOf(opened).keys()) zip.addFile(packageFile(opened, name), name, entry);
  zip.end();
  return zip.outputStream.pipe(packed);
}
