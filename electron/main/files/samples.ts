import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { sampleFolder, SAMPLES } from '../../io/samplePictures.ts';

export const SAMPLE_NAMES = [
  { id: 'nuthatch', name: 'Nuthatch' },
  { id: 'coffee', name: 'Coffee' },
  { id: 'rocket', name: 'Rocket' },
] as const;

/** @throws TesseraError 'usage' for a sample that there is not */
export function samplePath(root: string, id: string): string {
  const sample = SAMPLES.find((each) => each.id === id);
  if (sample === undefined) throw new TesseraError('usage', 'There is no such sample picture.');
  return path.join(sampleFolder(root), sample.file);
}

export function isSample(root: string, file: string): boolean {
  return path.dirname(file) === sampleFolder(root);
}
