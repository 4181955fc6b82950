import type { FillRecord } from '../fill/record.ts';
import type { FillOutcome, FillParams, FillProgress } from '../fill/params.ts';
import type { Lost } from '../document/project/salvage.ts';
import type { Remade } from '../document/project/remade.ts';
import type { Part } from '../document/project/parts.ts';
import type { Label, LabelCount, MaskMeaning } from '../pixels/masks/meaning.ts';
import type { Rect } from '../base/geometry.ts';
import type { Tile, TileKey } from '../raster/raster.ts';
import type { ObjectApi } from './objectApi.ts';
import type { PackageApi } from './packageApi.ts';
import type { TokenApi } from './tokenApi.ts';

/**
 * What the window asks of the engine, directly, over a message port (see rpc.ts). Each method has the params it takes,
 * the progress it tells meanwhile and the result it ends with; all of them can be aborted. Everything is copied on its
 * way, since Electron's ports move nothing but ports. Files are named by grants that main gives out: the window never
 * sends a path.
 */
export interface EngineApi extends TokenApi, PackageApi, ObjectApi {
  /**
   * Decodes a picture file (or its bytes). Its tiles come as progress, in reading order, in a document at (0, 0). `partial`
   * reads what is there of a file that is damaged.
   */
  'picture.read': Method<
    { file: GrantId; partial?: boolean } | { bytes: Uint8Array; name: string },
    TilesSent,
    PictureRead
  >;
  /** Encodes a picture and writes it to a granted file, or gives its bytes back where no file is named. */
  'picture.write': Method<PictureToWrite, never, PictureWritten>;
  /** Reads a mask picture of the canvas's size; of a picture of labels, `label` says which counts. */
  'mask.read': Method<{ file: GrantId; canvas: Rect; label?: Label }, never, MaskRead>;
  /** Writes a selection as a PNG mask. */
  'mask.write': Method<{ file: GrantId; canvas: Rect; tiles: TileSent[] }, never, null>;
  /** Refills the selection: every step is told as it happens. */
  'fill.run': Method<FillParams, FillProgress, FillOutcome>;
  /** Reads a project; its parts come as progress, and the engine has them for `document` from then on. */
  'project.open': Method<{ file: GrantId; document: DocumentId }, PartsSent, ProjectRead>;
  /**
   * Writes a project from parts that the engine has; a snapshot for recovery is no longer needed then. `stamp` is that of the
   * file as the window knows it: where another program has changed it since, nothing is written. Null writes in any case.
   */
  'project.save': Method<
    { file: GrantId; document: DocumentId; json: string; stamp: FileStamp | null },
    { done: number },
    ProjectSaved
  >;
  /**
   * Notes the picture file that a document was just opened from: the tiles that `json`, its manifest, names as its picture
   * need not be given to keep a snapshot, since they can be read from there again.
   */
  'recovery.origin': Method<{ file: GrantId; document: DocumentId; json: string }, never, null>;
  /** Notes how all of a document was drawn anew: the tiles that came of it need not be given either. */
  'recovery.remade': Method<{ document: DocumentId; remade: Remade }, never, null>;
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

/** What the keeper answers: a process beside the engine, so that no fill delays what is kept of unsaved work. */
export type KeeperMethod = Extract<EngineMethod, `project.${string}` | `recovery.${string}`>;

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
  readonly frames: number; // how many pictures the file holds
  readonly frame: number; // the one that was read, from 1
  readonly metadata: { readonly exif?: Uint8Array; readonly xmp?: Uint8Array };
  readonly missing: Rect | null; // of one that was read in part, px
}

/** A mask and what its picture was taken for, or the labels of which one has to be chosen. */
export type MaskRead =
  { readonly tiles: TileSent[]; readonly meaning: MaskMeaning } | { readonly labels: readonly LabelCount[] };

export interface PictureToWrite {
  readonly file: GrantId | null; // null gives the bytes back
  readonly format: 'png' | 'jpeg' | 'webp';
  readonly quality: number; // 1 .. 100
  readonly canvas: Rect;
  readonly tiles: readonly TileSent[];
  /** Becomes the alpha of the file where it is given. */
  readonly selection?: readonly TileSent[];
  readonly metadata: PictureRead['metadata'];
  readonly location?: boolean; // false leaves out where the picture was taken
  readonly record?: FillRecord; // what was done last, for the file's metadata
}

export interface PictureWritten {
  readonly bytes: Uint8Array | null; // where no file was named
  readonly dropped: readonly string[]; // what could not be kept of the metadata, a sentence each
}

/** A UUID that the window gives to each of its documents; what the engine keeps on disk goes by it. */
export type DocumentId = string;

export interface PartsSent {
  readonly parts: readonly Part[];
  readonly done: number; // 0 .. 1
}

/**
 * Parts that a manifest names and the engine does not have. If there are any, nothing was written: add them and ask
 * again. So no caller has to know what the engine remembers, and its death costs nothing but time.
 */
export interface Missing {
  readonly missing: readonly number[];
}

/** Tells whether a file is still the one that was read or written. */
export type FileStamp = string;

export interface ProjectSaved extends Missing {
  readonly stamp: FileStamp | null; // of the file that was written; null where nothing was
  readonly changed: boolean; // by another program, so nothing was written
}

/** A document as it comes back; its parts came as progress. */
export interface ProjectRead {
  readonly json: string; // the manifest, checked, in the format of this version
  readonly name: string; // of the file, or of the document where it was recovered
  readonly lost: Lost | null; // where parts of it are damaged
  readonly stamp: FileStamp | null; // of the file; null where it was recovered
}

export interface Recoverable {
  readonly document: DocumentId;
  readonly name: string;
  readonly at: number; // ms since 1970, of its newest snapshot
}
