import type { Rect } from '../pixels/picture.ts';
import type { RasterPatch } from '../raster/raster.ts';
import type { Document } from './document.ts';

/** A reversible difference between two documents: what is left out stayed as it was. */
export interface Change {
  readonly picture?: RasterPatch;
  readonly original?: RasterPatch;
  readonly selection?: RasterPatch;
  readonly canvas?: Swap<Rect>; // the rects of all three rasters follow it
  readonly frame?: Swap<Document['frame']>;
  readonly tokens?: Swap<Document['tokens']>;
}

interface Swap<T> {
  readonly before: T;
  readonly after: T;
}

/** One undo step: a gesture, with what it was done with. */
export interface Entry {
  readonly id: number; // rises through the life of a document
  readonly label: string; // "Fill", "Brush", ...
  readonly facts: Readonly<Record<string, string>>; // parameters to show, such as { Preset: 'Balanced', Seed: '7' }
  readonly at: number; // ms since 1970
  readonly change: Change;
}

/** The undo history, an immutable value. Entries before `position` are done, those from it on can be redone. */
export interface History {
  readonly entries: readonly Entry[];
  readonly position: number;
  readonly limit: number; // bytes that only undo keeps alive; the oldest entries go first
}
