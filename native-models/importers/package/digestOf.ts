import path from 'node:path';
import type { Abort } from '../../../core/base/abort.ts';
import { sha256, sha256OfFile } from '../../runtime/digest.ts';
import { isIndex, shardsOf } from '../readers/readShards.ts';

/** SHA-256 of a checkpoint; of one in several files, that of the digests of its index and of each of them, one a line. */
export async function digestOf(file: string, signal?: Abort): Promise<string> {
  const own = await sha256OfFile(file, signal);
  if (!isIndex(path.basename(file))) return own;
  const digests = [own];
  for (const name of await shardsOf(file))
    digests.push(await sha256OfFile(path.join(path.dirname(file), name), signal));
  return sha256(Buffer.from(digests.join('\n')));
}
