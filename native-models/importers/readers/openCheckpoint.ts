import path from 'node:path';
import type { Checkpoint } from '../tensor.ts';
import { broken, ByteFile } from './byteFile.ts';
import { type Contents, fileCheckpoint } from './fileCheckpoint.ts';
import { readSafetensors } from './readSafetensors.ts';
import { isIndex, readShards } from './readShards.ts';
import { LEGACY_MAGIC, readTorchLegacy } from './torch/readTorchLegacy.ts';
import { readTorchZip } from './torch/readTorchZip.ts';

/**
 * Opens the weights of a published model, whatever their layout; what the file begins with decides, not its name. No part
 * of the file is run, and no tensor is read before it is asked for. Names are those of the file.
 *
 * @throws TesseraError 'input' with one sentence if the file is none that we read, broken or hostile
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const files = [await ByteFile.open(path)];
  try {
    return fileCheckpoint(files, await readFiles(files));
  } catch (error) {
    for (const file of files) await file.close();
    throw error;
  }
}

/** Whether a file begins as a checkpoint does that its name need not tell. @throws TesseraError 'input' if it cannot be read */
export async function looksLikeCheckpoint(at: string): Promise<boolean> {
  const file = await ByteFile.open(at);
  try {
    const kind = kindOf(await file.read(0, Math.min(file.size, START)));
    return kind !== null && kind in READERS;
  } finally {
    await file.close();
  }
}

const START = 512; // bytes that tell the layout

const READERS = { zip: readTorchZip, legacy: readTorchLegacy, safetensors: readSafetensors } as const;

/** What else people have under the name of a checkpoint, and what to do about it. */
const OTHERS = {
  tar: ['it is a tar archive, as PyTorch wrote long ago; save it again with a newer PyTorch', undefined],
  pointer: [
    'it is a Git LFS pointer, which stands for the real file',
    'Run "git lfs pull", or download the file itself.',
  ],
  page: [
    'it is a web page instead of a file of weights',
    'Open its link in a browser, and download the file from there.',
  ],
  packed: ['it is a packed archive', 'Unpack it and choose what is in it.'],
  hdf5: ['it is a file of Keras or HDF5, which Tessera does not read', 'Choose the weights for PyTorch.'],
  gguf: ['it is a GGUF file, which Tessera does not read', 'Choose the weights for PyTorch.'],
} as const;

/** How archives of gzip, 7-Zip, RAR, bzip2, xz and Zstandard begin. */
const PACKED = ['1f8b', '377abcaf', '52617221', '425a68', 'fd377a58', '28b52ffd'].map((hex) => [
  ...Buffer.from(hex, 'hex'),
]);

type Kind = keyof typeof READERS | keyof typeof OTHERS;

function kindOf(start: Uint8Array): Kind | null {
  if (startsWith(start, [0x50, 0x4b, 3, 4])) return 'zip';
  if (startsWith(start, [...LEGACY_MAGIC])) return 'legacy';
  const begin = text(start, 0, START);
  if (begin.startsWith('version https://git-lfs')) return 'pointer';
  if (/^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|\?xml|!--)/i.test(begin)) return 'page';
  if (text(start, 257, 262) === 'ustar') return 'tar';
  if (PACKED.some((bytes) => startsWith(start, bytes))) return 'packed';
  if (begin.startsWith('\x89HDF')) return 'hdf5';
  if (begin.startsWith('GGUF')) return 'gguf';
  return start[8] === 0x7b ? 'safetensors' : null; // the header begins with a brace
}

/** @param files the one that was opened; those that it lists are added */
async function readFiles(files: ByteFile[]): Promise<Contents> {
  const [file] = files as [ByteFile];
  if (isIndex(path.basename(file.path))) return readShards(file, readOne, files);
  return readOne(file);
}

async function readOne(file: ByteFile): Promise<Contents> {
  const kind = kindOf(await file.read(0, Math.min(file.size, START)));
  if (file.size === 0) throw broken(file.path, 'it is empty');
  if (kind === null) throw broken(file.path, 'it is none of the formats of PyTorch or safetensors');
  if (kind in READERS) return READERS[kind as keyof typeof READERS](file);
  const [why, hint] = OTHERS[kind as keyof typeof OTHERS];
  throw broken(file.path, why, hint);
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1'); // TextDecoder's is windows-1252
}
