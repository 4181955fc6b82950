import { TesseraError } from '../../base/errors.ts';
import { formatTokenFile, parseTokenFile, TOKEN_FILE_FORMAT } from '../../tokens/tokenFile.ts';
import { createGrid } from '../../tokens/grid.ts';
import { toRuns } from '../../tokens/provenance.ts';
import type { FrameTokens } from '../document.ts';

/** Tokens never change, so their file is made once, and has one number in all that is written. */
const files = new WeakMap<FrameTokens, Uint8Array>();

/** The token file of a frame's tokens, as bytes. Equal for equal tokens; the same array for the same object. */
export function tokensToBytes(tokens: FrameTokens): Uint8Array {
  let bytes = files.get(tokens);
  if (!bytes) {
    bytes = toAscii(tokenFileOf(tokens));
    files.set(tokens, bytes);
  }
  return bytes;
}

/**
 * The tokens of a file.
 *
 * @param source what to call the file in messages
 * @throws TesseraError 'input' where it is no token file, or lacks what only a project needs
 */
export function bytesToTokens(bytes: Uint8Array, source: string): FrameTokens {
  const file = parseTokenFile(fromAscii(bytes), source);
  const { package: made, width, height, ids, pins, provenance, frame } = file;
  if (!frame || !provenance) {
    throw new TesseraError(
      'input',
      `${source} does not say where its tokens belong and how they came to be.`,
    );
  }
  const tokens: FrameTokens = {
    package: made,
    frame: { ...frame, columns: width, rows: height },
    grid: createGrid(width, height, ids),
    pins,
    provenance,
  };
  files.set(tokens, bytes);
  return tokens;
}

function tokenFileOf({ package: made, frame, grid, pins, provenance }: FrameTokens): string {
  return formatTokenFile({
    format: TOKEN_FILE_FORMAT,
    package: made,
    width: grid.width,
    height: grid.height,
    ids: [...grid.ids],
    pins,
    provenance: toRuns(provenance),
    frame: { rect: frame.rect, scale: frame.scale },
  });
}

/** Core has no text encoder, and JSON can do without one: what is not ASCII stands only in texts, which can be escaped. */
function toAscii(json: string): Uint8Array {
  const escaped = json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const bytes = new Uint8Array(escaped.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = escaped.charCodeAt(i);
  return bytes;
}

const STRETCH = 8192; // characters at a time

function fromAscii(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += STRETCH) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + STRETCH) as unknown as number[]);
  }
  return text;
}
