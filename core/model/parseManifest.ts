import type { z } from 'zod';
import { TesseraError } from '../base/errors.ts';
import { parsePlainJson } from '../base/json.ts';
import { newerFormat, parseJson, schemaPath } from '../base/schema.ts';
import { findContradiction } from './manifestChecks.ts';
import { additionSchema, MANIFEST_FORMAT, type Manifest, manifestSchema } from './manifest.ts';

/**
 * Reads a manifest.
 *
 * @param json the text of `manifest.json`
 * @param source what to call the package in messages, such as its folder
 * @throws TesseraError 'package', one sentence about the first problem: where in the manifest, and what is expected there
 */
export function parseManifest(json: string, source = 'this package'): Manifest {
  const value = parseJson(
    json,
    (cause) => new TesseraError('package', `The manifest of ${source} is not valid JSON.`, REPAIR, { cause }),
  );
  refuseNewerFormat(value, source);
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw invalid(source, ...expectedAt(parsed.error, value));
  const contradiction = findContradiction(parsed.data);
  if (contradiction) throw invalid(source, contradiction.path, contradiction.expected);
  return parsed.data;
}

/**
 * The manifest of a package with the words that were added to it; as it is where they were made for another build.
 *
 * @param id SHA-256 of the manifest's bytes
 * @param json what says which words there are
 * @throws TesseraError 'package' where the words contradict the manifest
 */
export function addWords(manifest: Manifest, id: string, json: string): Manifest {
  const parsed = additionSchema.safeParse(plainJson(json));
  if (!parsed.success || parsed.data.extends !== id || manifest.denoiser?.conditioning !== 'none')
    return manifest;
  const { words, guidance, files } = parsed.data;
  const led: Manifest = {
    ...manifest,
    denoiser: { ...manifest.denoiser, conditioning: 'words' },
    words,
    sampling: { ...manifest.sampling, guidance },
    files: { ...files, ...manifest.files },
  };
  const contradiction = findContradiction(led);
  if (contradiction) throw invalid(`the words of ${manifest.id}`, contradiction.path, contradiction.expected);
  return led;
}

function plainJson(json: string): unknown {
  try {
    return parsePlainJson(json);
  } catch {
    return null; // it says nothing, so there are no words
  }
}

function refuseNewerFormat(value: unknown, source: string): void {
  const format = newerFormat(value, MANIFEST_FORMAT);
  if (format === null) return;
  throw new TesseraError(
    'package',
    `The manifest of ${source} has format ${format}, and this version of Tessera reads format ${MANIFEST_FORMAT}.`,
    'Update Tessera.',
  );
}

function expectedAt(error: z.ZodError, value: unknown): [path: string, expected: string] {
  const issue = error.issues[0]!;
  const path = schemaPath(issue.path) || 'the manifest';
  if (issue.code === 'invalid_key') return [`the name ${path}`, issue.issues[0]!.message];
  return [path, isMissing(value, issue.path) ? `given: ${issue.message}` : issue.message];
}

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return false;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at === undefined;
}

const REPAIR = 'Install the package again, or ask its author for a corrected one.';

function invalid(source: string, path: string, expected: string): TesseraError {
  return new TesseraError(
    'package',
    `The manifest of ${source} is not valid: ${path} must be ${expected}.`,
    REPAIR,
  );
}
