/** What of it is called here: it comes without types. */
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  interface Decoder {
    getEncodedBuffer(length: number): Uint8Array; // in its memory
    getDecodedBuffer(): Uint8ClampedArray<ArrayBuffer>; // a copy
    decode(): void;
  }

  interface OpenJpeg {
    readonly J2KDecoder: new () => Decoder;
  }

  export default function factory(options: {
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
  }): Promise<OpenJpeg>;
}
