import type { EngineApi, Method, PictureToWrite, TileSent } from '../../../core/contract/engineApi.ts';
import type { Label } from '../../../core/pixels/masks/meaning.ts';
import type { Rect } from '../../../core/base/geometry.ts';

/** Where a picture comes from: a file, or the content of one. */
export type PictureSource = { readonly path: string } | { readonly bytes: Uint8Array; readonly name: string };

/** What the engine asks of its codec thread: its own methods, with paths instead of grants. */
export interface CodecApi {
  'picture.read': Method<
    PictureSource & { readonly partial?: boolean },
    EngineApi['picture.read']['progress'],
    EngineApi['picture.read']['result']
  >;
  /** Empties the lists of tiles: a large picture should not be held twice. */
  'picture.write': Method<
    Omit<PictureToWrite, 'file' | 'tiles' | 'selection'> & {
      readonly path: string | null;
      readonly tiles: TileSent[];
      readonly selection: TileSent[] | null;
    },
    never,
    EngineApi['picture.write']['result']
  >;
  'mask.read': Method<{ path: string; canvas: Rect; label?: Label }, never, EngineApi['mask.read']['result']>;
  'mask.write': Method<{ path: string; canvas: Rect; tiles: TileSent[] }, never, null>;
}

export type CodecMethod = keyof CodecApi;
