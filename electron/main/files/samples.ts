import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';

/** The pictures that come with Tessera, for a first try; licences are beside them. */
const SAMPLES = [
  { id: 'nuthatch', name: 'Nuthatch', file: 'nuthatch.jpg' },
  { id: 'coffee', name: 'Coffee', file: 'coffee.png' },
  { id: 'rocket', name: 'Rocket', file: 'rocket.jpg' },
] as const;

export const SAMPLE_NAMES = SAMPLES.map(({ id, name }) => ({ id, name }));

/** @throws TesseraError 'usage' for a sample that there is not */
export function samplePath(root: string, id: string): string {
  const sample = SAMPLES.find((each) => each.id === id);
  if (sample === undefined) throw new TesseraError('usage', 'There is no such sample picture.');
  return path.join(folder(root), sample.file);
}

export function isSample(root: string, file: string): boolean {
  return path.dirname(file) === folder(root);
}

function folder(root: string): string {
  return path.join(root, 'assets', 'samples');
}
