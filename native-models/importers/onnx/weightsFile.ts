import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Initialiser } from './graph.ts';
import type { WeightStore } from './graphWriter.ts';

/** The runtime maps constants into memory where they begin on a page. */
const ALIGNMENT = 4096;

/** A file of constants beside a model, written one after the other so that no more than one is held in memory. */
export class WeightsFile implements WeightStore {
  readonly #name: string;
  readonly #handle: FileHandle;
  #end = 0;

  private constructor(name: string, handle: FileHandle) {
    this.#name = name;
    this.#handle = handle;
  }

  /**
   * @param file where to write; the model must lie in the same folder
   * @throws the file system's error where a file of this name is there already
   */
  static async create(file: string): Promise<WeightsFile> {
    return new WeightsFile(path.basename(file), await open(file, 'wx'));
  }

  /**
   * Appends a constant's bytes (little-endian, row-major) and says where they lie. Wait for one before the next.
   */
  async append(bytes: Uint8Array): Promise<Initialiser['data']> {
    const offset = Math.ceil(this.#end / ALIGNMENT) * ALIGNMENT;
    let written = 0;
    // One write of the system takes less than 2 GiB, and may stop short of what it was given.
    while (written < bytes.length) {
      const length = Math.min(bytes.length - written, 2 ** 30);
      written += (await this.#handle.write(bytes, written, length, offset + written)).bytesWritten;
    }
    this.#end = offset + bytes.length;
    return { file: this.#name, offset, length: bytes.length };
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
