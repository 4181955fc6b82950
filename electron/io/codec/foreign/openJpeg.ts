// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- it has no types, and every program that reads pictures is to find ours
/// <reference path="./codec-openjpeg.d.ts" />
import factory from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import { expectWhole } from './picture.ts';

/** Decodes a JPEG 2000 file to `bytes` bytes of samples. @throws Damaged where it cannot be */
export type DecodeJpeg2000 = (file: Uint8Array, bytes: number) => Uint8Array;

/**
 * OpenJPEG, compiled to WebAssembly, for one file: its memory never shrinks and is let go with it. It tells of failures
 * by what it prints alone.
 */
export async function loadOpenJpeg(): Promise<DecodeJpeg2000> {
  let failure: string | null = null;
  const print = (line: string): void => {
    if (line.startsWith('[ERROR]')) failure ??= line;
  };
  const library = await factory({ print, printErr: print });
  return (file, bytes) => {
    const decoder = new library.J2KDecoder();
    decoder.getEncodedBuffer(file.length).set(file);
    decoder.decode();
    const samples = decoder.getDecodedBuffer();
    expectWhole(failure === null && samples.length === bytes, failure ?? 'another size');
    return new Uint8Array(samples.buffer);
  };
}
