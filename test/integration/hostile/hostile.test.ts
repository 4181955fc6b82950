import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRng, type Rng } from '../../../core/base/rng.ts';
import { pick, spoil } from './spoil.ts';
import { makeReaders, type Reader } from './readers.ts';
import { reseal } from './reseal.ts';
import { expectSentence } from './sentence.ts';

// Every reader gets files that no program wrote: what it says must be a sentence of ours, and nothing may lie beside them.

const SEED = Number(process.env.TESSERA_SEED ?? 20261129);
const COUNT = Number(process.env.TESSERA_INPUTS ?? 20); // of each reader

let folder: string;
let readers: readonly Reader[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tessera-hostile-'));
  readers = await makeReaders(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const KINDS = [
  'picture',
  'damaged',
  'mask',
  'metadata',
  'token file',
  'array',
  'project',
  'recovery',
  'archive',
  'package',
  'checkpoint',
  'settings',
] as const;

test.each(KINDS)('%s: every refusal is a sentence', async (kind) => {
  const reader = readers.find((each) => each.kind === kind)!;
  const counts = { read: 0, refused: 0 };
  for (let i = 0; i < COUNT; i++) {
    const rng = createRng(SEED).fork(KINDS.indexOf(kind)).fork(i);
    const error = await outcome(reader, rng, i);
    counts[error === null ? 'read' : 'refused']++;
    if (error !== null) expectSentence(error, `${kind} ${i} of seed ${SEED}`);
  }
  expect(counts.read + counts.refused).toBe(COUNT);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(await readdir(path.dirname(folder))).not.toContain('passwd');
});

/** What reading one spoiled file came to. */
async function outcome(reader: Reader, rng: Rng, i: number): Promise<unknown> {
  const place = path.join(folder, `${reader.kind} ${i}`);
  await mkdir(place);
  const file = pick(rng, reader.files);
  const spoiled = path.join(place, path.basename(file));
  const good = await readFile(file);
  await writeFile(spoiled, (rng.below(2) === 0 ? reseal(good, rng) : null) ?? spoil(good, rng));
  try {
    await reader.read(spoiled, place);
    return null;
  } catch (error) {
    return error;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
