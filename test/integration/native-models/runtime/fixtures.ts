import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { toErrorShape, type ErrorShape } from '../../../../core/base/errors.ts';
import type { Manifest } from '../../../../core/model/manifest.ts';

/** The packages of test/fixtures/tiny-package/make.py. */
export const TINY = fixture('tiny');
export const TINY_ALL_LOGITS = fixture('tiny-all-logits');

/** A manifest whose fields a test may overwrite. */
type Draft<T> = { -readonly [K in keyof T]: T[K] extends object ? Draft<T[K]> : T[K] };

function fixture(name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/tiny-package/${name}`, import.meta.url));
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-test-'));
  folders.push(folder);
  return folder;
}

/** A copy of the tiny package in a folder of its own, with other model files and manifest fields where given. */
export function changedTiny(
  change: {
    files?: Readonly<Record<string, Uint8Array>>;
    manifest?: (manifest: Draft<Manifest>) => void;
  } = {},
  from = TINY,
): string {
  const folder = temporaryFolder();
  cpSync(from, folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Draft<Manifest>;
  for (const [name, bytes] of Object.entries(change.files ?? {})) {
    writeFileSync(join(folder, name), bytes);
    manifest.files[name] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  change.manifest?.(manifest);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/** The error that a promise ends in, as users see it. */
export async function errorOf(promise: Promise<unknown>): Promise<ErrorShape> {
  const error = await promise.then(
    () => expect.fail('It succeeded.'),
    (thrown: unknown) => toErrorShape(thrown),
  );
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error;
}
