import type { TesseraError } from '../../../../core/base/errors.ts';

/** Why a pickle is refused, as the end of a sentence about its file. */
export class PickleProblem extends Error {}

export function damaged(): PickleProblem {
  return new PickleProblem('its list of tensors is damaged');
}

/** The opcode that is written as a character. */
export const op = (character: string): number => character.charCodeAt(0);

const LONGEST_TEXT = 16 * 2 ** 20; // bytes
const LONGEST_LINE = 4096; // bytes, of the old text opcodes
const LONGEST_INTEGER = 256; // bytes

/** The arguments of a pickle's opcodes, each held to the bytes that are there. */
export class PickleBytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  position: number;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  take(length: number): Uint8Array {
    const start = this.position;
    if (length < 0 || start + length > this.#bytes.length)
      throw new PickleProblem('its list of tensors ends too early');
    this.position = start + length;
    return this.#bytes.subarray(start, start + length);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A length of 64 bits; more than the pickle holds fails when it is taken. */
  length64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  float64(): number {
    return this.#view.getFloat64(this.#advance(8)); // the one big-endian argument
  }

  text(length: number): string {
    return new TextDecoder().decode(this.data(length));
  }

  latin1(length: number): string {
    return Buffer.from(this.data(length)).toString('latin1');
  }

  data(length: number): Uint8Array {
    if (length > LONGEST_TEXT) throw new PickleProblem('it holds a text that is far too long');
    return this.take(length);
  }

  /** A whole number in two's complement, little-endian. */
  integer(length: number): number | bigint {
    if (length > LONGEST_INTEGER) throw new PickleProblem('it holds a number that is far too long');
    const bytes = this.take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
    if (length > 0 && bytes[length - 1]! & 0x80) value -= 1n << BigInt(8 * length);
    return small(value);
  }

  line(): string {
    const end = this.#bytes.subarray(this.position, this.position + LONGEST_LINE).indexOf(10);
    if (end < 0) throw new PickleProblem('it holds a line that does not end');
    const text = Buffer.from(this.take(end)).toString('latin1');
    this.position++;
    return text;
  }

  /** A number written in digits, as protocol 0 does. */
  decimal(): number | bigint {
    const line = this.line().replace(/L$/, '');
    if (!/^-?\d{1,400}$/.test(line)) throw new PickleProblem('it holds a number that is none');
    return small(BigInt(line));
  }

  #advance(length: number): number {
    const start = this.position;
    this.take(length);
    return start;
  }
}

function small(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Runs `work` and words what is wrong with the pickle as a sentence about its file. */
export function aboutFile<T>(refuse: (why: string) => TesseraError, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof PickleProblem) throw refuse(error.message);
    throw error;
  }
}
