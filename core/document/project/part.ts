/**
 * A piece of a document on its way to or from disk: a tile, or the bytes of a token file or of metadata. It never
 * changes, so it travels once; the manifest (core/document/projectFile.ts) names it by `id`, which the window counts up
 * per document.
 */
export interface Part {
  readonly id: number;
  readonly kind: 'tile' | 'tokens' | 'metadata';
  readonly bytes: Uint8Array;
}
