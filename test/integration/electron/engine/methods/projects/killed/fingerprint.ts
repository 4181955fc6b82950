import { createHash } from 'node:crypto';
import type { ProjectSnapshot } from '../../../../../../../core/document/projectFile.ts';

/** Of the manifest and of every byte of every part that it names. */
export function fingerprint({ json, parts }: ProjectSnapshot): string {
  const hash = createHash('sha256').update(json);
  for (const id of [...parts.keys()].sort((a, b) => a - b)) hash.update(`${id}`).update(parts.get(id)!.bytes);
  return hash.digest('hex');
}
