import { type PartUse, type Project } from '../../../core/document/projectFile.ts';
import type { Part } from '../../../core/document/project/parts.ts';
import { decodeTile, encodeTile, mostCodedBytes } from './tileCoding.ts';

export const MANIFEST = 'manifest.json';

/** The folders of a project. */
export const FOLDERS = ['tiles', 'tokens', 'metadata'] as const;

/** What may lie in a project besides folders. */
export const ENTRY_NAME =
  /^(manifest\.json|tiles\/[1-9]\d{0,9}\.bin|tokens\/[1-9]\d{0,9}\.json|metadata\/[1-9]\d{0,9}\.bin)$/;

/** Most bytes that an entry may have; far more than any real one. */
export const MOST_BYTES = { manifest: 128 * 2 ** 20, tokens: 64 * 2 ** 20, metadata: 64 * 2 ** 20 } as const;

/** A part as it lies in a project. */
export interface CodedPart {
  readonly name: string; // of the entry
  readonly bytes: Uint8Array;
}

export function entryName({ id, kind }: Pick<Part, 'id' | 'kind'>): string {
  switch (kind) {
    case 'tile':
      return `tiles/${id}.bin`;
    case 'tokens':
      return `tokens/${id}.json`;
    case 'metadata':
      return `metadata/${id}.bin`;
  }
}

/** Every part that a project needs, with the name of its entry. */
export function entriesOf({
  parts,
}: Project): { readonly id: number; readonly use: PartUse; readonly name: string }[] {
  return [...parts].map(([id, use]) => ({ id, use, name: entryName({ id, kind: use.kind }) }));
}

export async function encodePart(part: Part): Promise<CodedPart> {
  const bytes = part.kind === 'tile' ? await encodeTile(part.bytes) : part.bytes;
  return { name: entryName(part), bytes };
}

/** The bytes of a part as the document has them; undefined where they are damaged or too few or too many. */
export async function decodePart(coded: Uint8Array, use: PartUse): Promise<Uint8Array | undefined> {
  return use.kind === 'tile' ? decodeTile(coded, use.bytes) : coded;
}

export function mostBytes(use: PartUse): number {
  return use.kind === 'tile' ? mostCodedBytes(use.bytes) : MOST_BYTES[use.kind];
}
