import type { Checkpoint } from '../tensor.ts';
import { broken, ByteFile } from './byteFile.ts';
import { openSafetensors } from './openSafetensors.ts';
import { openShards } from './openShards.ts';
import { LEGACY_MAGIC, openTorchLegacy } from './torch/openTorchLegacy.ts';
import { openTorchZip } from './torch/openTorchZip.ts';

/**
 * Opens the weights of a published model, whatever their layout; what the file begins with decides, not its name. No part
 * of the file is run, and no tensor is read before it is asked for.
 *
 * @throws TesseraError 'input' with one sentence if the file is none that we read, broken or hostile
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const file = await ByteFile.open(path);
  try {
    return await openByLayout(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openByLayout(file: ByteFile): Promise<Checkpoint> {
  const start = await file.read(0, Math.min(file.size, 512));
  if (startsWith(start, [0x50, 0x4b, 3, 4])) return openTorchZip(file);
  if (startsWith(start, [...LEGACY_MAGIC])) return openTorchLegacy(file);
  if (text(start, 257, 262) === 'ustar') {
    throw broken(
      file.path,
      'it is a tar archive, as PyTorch wrote long ago; save it again with a newer PyTorch',
    );
  }
  if (file.path.endsWith('.index.json')) return openShards(file);
  if (start[8] === 0x7b) return openSafetensors(file); // the header begins with a brace
  throw broken(file.path, 'it is none of the formats of PyTorch or safetensors');
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}
