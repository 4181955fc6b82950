import type { FramePlan } from '../frames/planFrames.ts';
import type { PixelPatch } from '../pixels/patch.ts';
import type { Rect } from '../base/geometry.ts';
import type { Tile, TileKey } from '../raster/raster.ts';
import type { Preset } from '../sampling/presets.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { FillRequest, FillTrace } from '../sampling/request.ts';
import type { Provenance } from '../tokens/provenance.ts';
import type { TokenApi } from './tokenApi.ts';

/**
 * What the window asks of the engine, directly, over a message port (see rpc.ts). Each method has the params it takes,
 * the progress it tells meanwhile and the result it ends with; all of them can be aborted. Everything is copied on its
 * way, since Electron's ports move nothing but ports. Files are named by grants that main gives out: the window never
 * sends a path.
 */
export interface EngineApi extends TokenApi {
  /** Decodes a picture file (or its bytes). Its tiles come as progress, in reading order, in a document at (0, 0). */
  'picture.read': Method<{ file: GrantId } | { bytes: Uint8Array; name: string }, TilesSent, PictureRead>;
  /** Encodes a picture and writes it to a granted file, or gives its bytes back where no file is named. */
  'picture.write': Method<PictureToWrite, never, { bytes: Uint8Array | null }>;
  /** Reads a mask picture of the canvas's size; its tiles come as the result. */
  'mask.read': Method<{ file: GrantId; canvas: Rect }, never, { tiles: TileSent[] }>;
  /** Writes a selection as a PNG mask. */
  'mask.write': Method<{ file: GrantId; canvas: Rect; tiles: TileSent[] }, never, null>;
  'package.list': Method<null, never, PackageInfo[]>;
  /** Makes a package ready to run; loading it again costs nothing. */
  'package.load': Method<{ id: string }, never, PackageInfo>;
  /** Refills the selection: every step is told as it happens. */
  'fill.run': Method<FillParams, FillProgress, FillOutcome>;
  /** Reads a project; its parts come as progress, and the engine has them for `document` from then on. */
  'project.open': Method<{ file: GrantId; document: DocumentId }, PartsSent, ProjectRead>;
  /** Writes a project from parts that the engine has; a snapshot for recovery is no longer needed then. */
  'project.save': Method<{ file: GrantId; document: DocumentId; json: string }, { done: number }, Missing>;
  /** Gives the engine parts of a document, in as many calls as one likes; it keeps them on disk, not in memory. */
  'recovery.add': Method<{ document: DocumentId; parts: readonly Part[] }, never, null>;
  /**
   * Keeps a snapshot for recovery; when this has answered that nothing is missing, it survives any crash. Without one,
   * the document is as its file has it, and nothing is to be recovered.
   */
  'recovery.keep': Method<{ document: DocumentId; json: string | null }, never, Missing>;
  /** What windows and engines that died left behind; `open` are the documents of the window that asks. */
  'recovery.list': Method<{ open: readonly DocumentId[] }, never, Recoverable[]>;
  /** Takes such a document over, under its own id. */
  'recovery.open': Method<{ document: DocumentId }, PartsSent, ProjectRead>;
  /** Forgets all that is kept of a document: it was closed. */
  'recovery.drop': Method<{ document: DocumentId }, never, null>;
}

export interface Method<Params, Progress, Result> {
  readonly params: Params;
  readonly progress: Progress;
  readonly result: Result;
}

export type EngineMethod = keyof EngineApi;
export type ParamsOf<M extends EngineMethod> = EngineApi[M]['params'];
export type ProgressOf<M extends EngineMethod> = EngineApi[M]['progress'];
export type ResultOf<M extends EngineMethod> = EngineApi[M]['result'];

/** A file that a person chose; main knows its path, and whether it may be read or written. */
export type GrantId = string;

export interface TileSent {
  readonly key: TileKey;
  readonly tile: Tile;
}

export interface TilesSent {
  readonly tiles: readonly TileSent[];
  readonly done: number; // 0 .. 1
}

export interface PictureRead {
  readonly width: number; // px
  readonly height: number; // px
  readonly name: string; // of the file, without its folder
  readonly format: string; // 'jpeg', 'png', ...
  readonly metadata: { readonly exif?: Uint8Array; readonly xmp?: Uint8Array };
}

export interface PictureToWrite {
  readonly file: GrantId | null; // null gives the bytes back
  readonly format: 'png' | 'jpeg' | 'webp';
  readonly quality: number; // 1 .. 100
  readonly canvas: Rect;
  readonly tiles: readonly TileSent[];
  /** Becomes the alpha of the file where it is given. */
  readonly selection?: readonly TileSent[];
  readonly metadata: PictureRead['metadata'];
  /** What was done last, for the file's metadata: a FillRecord, see electron/io/metadata. */
  readonly record?: unknown;
}

export interface PackageInfo {
  readonly id: string;
  readonly sha256: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly provider: string; // where it runs; '' before it was loaded
  readonly codes: number;
  readonly downsample: number; // model px per token
  readonly minSize: number; // model px
  readonly window: { readonly min: number; readonly max: number }; // tokens per side
  readonly palette: { readonly order: readonly number[]; readonly colors: readonly string[] };
}

/** A fill, with all that it needs to know of the document. Rectangles are document px. */
export interface FillParams {
  readonly package: string; // id
  readonly frames: readonly FrameToFill[]; // one for each plan, in the order that planFrames gives
  readonly sampling: Preset;
  readonly seed: number; // frame i uses seed + i
  readonly candidates: number;
  readonly feather: number; // px
  readonly detail: number; // 0 .. 1
}

/** One frame to fill, and the part of the document that it can see. Frames far apart carry nothing of what is between. */
export interface FrameToFill {
  readonly plan: FramePlan; // document px
  readonly region: Rect; // what regionFor (core/frames) gives: the frame with its surroundings, inside the canvas
  readonly picture: Uint8Array; // [height, width, 4] of the region
  readonly selection: Uint8Array; // [height, width] of the region
  /** Tokens of the frame that are known otherwise than from its pixels; left out, all of them are encoded. */
  readonly tokens?: KnownTokens;
  /** Where a branch of an earlier fill goes on; left out, the fill starts at its beginning. */
  readonly start?: FillRequest['start'];
}

/** What a person knows of the tokens of a frame. */
export interface KnownTokens {
  readonly cells: readonly number[]; // flat cell indices, each once
  readonly ids: readonly number[]; // the code of each
  readonly pins: readonly number[]; // those of `cells` that stay although they lie in the hole
}

export type FillProgress =
  | {
      readonly kind: 'step';
      readonly frame: number; // index into the frames
      readonly done: number; // steps, over all frames and the coarser fills before them
      readonly total: number;
      /** Of each candidate: the whole grid's ids, MASK where missing; none yet while it is filled more coarsely. */
      readonly ids: readonly Int32Array[];
    }
  /**
   * What a candidate looks like by now in a frame, document px; comes when it can be had without holding the fill up,
   * and once for each candidate when the frame is done.
   */
  | {
      readonly kind: 'preview';
      readonly frame: number;
      readonly candidate: number;
      readonly patch: PixelPatch;
    };

export interface FillOutcome {
  /** Of each candidate a patch for each frame, document px; they do not overlap. */
  readonly candidates: readonly { readonly patches: readonly PixelPatch[] }[];
  /** Of each frame, in their order: the hole, and each candidate's tokens. */
  readonly frames: readonly {
    readonly hole: readonly number[];
    readonly request: FillRequest; // all that decided its tokens
    readonly known: Int32Array; // [height * width] the tokens as they were encoded, also in the hole
    readonly candidates: readonly {
      readonly grid: TokenGrid;
      readonly provenance: readonly Provenance[];
      readonly trace: FillTrace; // how it came to be, step by step
    }[];
  }[];
  readonly package: { readonly id: string; readonly sha256: string };
  readonly selectedPixels: number;
  readonly timings: Readonly<Record<string, number>>; // ms by phase
}

/** A UUID that the window gives to each of its documents; what the engine keeps on disk goes by it. */
export type DocumentId = string;

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

export interface PartsSent {
  readonly parts: readonly Part[];
  readonly done: number; // 0 .. 1
}

/**
 * Parts that a manifest names and the engine does not have. If there are any, nothing was written: add them and ask
 * again. So nobody has to know what the engine remembers, and its death costs nothing but time.
 */
export interface Missing {
  readonly missing: readonly number[];
}

/** A document as it comes back; its parts came as progress. */
export interface ProjectRead {
  readonly json: string; // the manifest, checked, in the format of this version
  readonly name: string; // of the file, or of the document where it was recovered
}

export interface Recoverable {
  readonly document: DocumentId;
  readonly name: string;
  readonly at: number; // ms since 1970, of its newest snapshot
}
