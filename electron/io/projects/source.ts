/** Where the entries of a project lie: in a zip, or in packs. */
export interface ProjectSource {
  /** The bytes of an entry, a whole buffer of their own; null if there is none. @throws TesseraError 'input' where they are damaged */
  read(name: string, mostBytes: number): Promise<Uint8Array | null>;
  close(): Promise<void>;
}
