import { extname } from 'node:path';
import { TesseraError } from '../../core/base/errors.ts';
import type { TokenGrid } from '../../core/tokens/grid.ts';
import { formatTokenFile, parseTokenFile } from '../../core/tokens/tokenFile.ts';
import type { TokenFile } from '../../core/tokens/tokenFile.ts';
import { atomicWrite } from './files/atomicWrite.ts';
import { quoted, readBytes } from './files/readBytes.ts';
import { formatNpy, isNpy, parseNpy } from './npy.ts';

const MAX_TOKEN_FILE_BYTES = 1_073_741_824; // 1 GiB; a grid of 4096 x 4096 with its provenance as JSON

/** What a token file holds: JSON says all, an NPY array has only the ids. */
export type TokenFileContent =
  { readonly kind: 'json'; readonly file: TokenFile } | { readonly kind: 'npy'; readonly grid: TokenGrid };

/**
 * Reads a token file; the kind is found by content.
 * @throws TesseraError 'input' when the file is missing, broken or neither
 */
export async function readTokenFile(path: string): Promise<TokenFileContent> {
  const bytes = await readBytes(path, MAX_TOKEN_FILE_BYTES);
  if (isNpy(bytes)) return { kind: 'npy', grid: parseNpy(bytes, quoted(path)) };
  const text = decodeText(bytes, quoted(path));
  return { kind: 'json', file: parseTokenFile(text, quoted(path)) };
}

/**
 * Writes a token file atomically: `.json` with everything, `.npy` with the ids alone.
 * @throws TesseraError 'usage' for another extension, 'output' when it cannot be written
 */
export async function writeTokenFile(path: string, file: TokenFile): Promise<void> {
  await atomicWrite(path, encode(path, file));
}

function encode(path: string, file: TokenFile): Uint8Array {
  switch (extname(path).toLowerCase()) {
    case '.json':
      return new TextEncoder().encode(formatTokenFile(file));
    case '.npy':
      return formatNpy({ width: file.width, height: file.height, ids: Int32Array.from(file.ids) });
    default:
      throw new TesseraError(
        'usage',
        `${quoted(path)} is no name for a token file.`,
        'Token files are written as .json or .npy.',
      );
  }
}

function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TesseraError(
      'input',
      `${name} is neither a JSON token file nor a NumPy array.`,
      'Write one with "tessera encode".',
    );
  }
}
