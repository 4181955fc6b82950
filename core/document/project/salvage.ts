import type { Rect } from '../../base/geometry.ts';
import { TILE } from '../../raster/raster.ts';
import { allEntries, pruned, withoutOldest } from '../branches.ts';
import type { EntryRecord, Manifest } from './manifest.ts';
import type { Project } from './parse.ts';
import { findParts } from './parts.ts';
import { idAt, keptPlaces, namedByChanged, type PlacedTile, placedTilesIn } from './tileLists.ts';

/** What of a project is lost because parts of it are damaged. */
export interface Lost {
  /** Where the picture is empty now, document px. */
  readonly picture: readonly Rect[];
  readonly selection: number; // tiles
  readonly tokens: number; // grids of a frame
  readonly steps: number; // of the history
  readonly metadata: boolean;
}

/**
 * The project without what is damaged: the picture falls back to the original where that is intact, and the history
 * begins after the last step that cannot be undone.
 * @param damaged the numbers of parts that cannot be read
 */
export function salvage(
  { manifest }: Project,
  damaged: ReadonlySet<number>,
): { project: Project; lost: Lost } {
  const isIntact = (id: number): boolean => !damaged.has(id);
  const picture = keptPlaces(manifest.picture, (tile) => intactAt(tile, manifest.original, isIntact));
  const original = keptPlaces(manifest.original, (tile) => intactAt(tile, manifest.picture, isIntact));
  const selection = keptPlaces(manifest.selection, ({ id }) => (isIntact(id) ? id : null));
  const tokens = manifest.tokens.filter(isIntact);
  const history = tokens.length < manifest.tokens.length ? NONE : intactHistory(manifest.history, isIntact);
  const metadata = Object.fromEntries(Object.entries(manifest.metadata).filter(([, id]) => isIntact(id)));
  const whole: Manifest = { ...manifest, picture, original, selection, tokens, history, metadata };
  return {
    project: { manifest: whole, parts: partsOf(whole) },
    lost: {
      picture: lostPlaces(manifest.picture, picture),
      selection: (manifest.selection.length - selection.length) / 3,
      tokens: manifest.tokens.length - tokens.length,
      steps: allEntries(manifest.history).length - allEntries(history).length,
      metadata: Object.keys(metadata).length < Object.keys(manifest.metadata).length,
    },
  };
}

const NONE: Manifest['history'] = { position: 0, entries: [], branches: [], snapshots: [] };

function partsOf(manifest: Manifest): Project['parts'] {
  const parts = findParts(manifest);
  return typeof parts === 'number' ? new Map() : parts; // a part of a checked manifest has one use
}

function intactAt(
  { id, column, row }: PlacedTile,
  other: readonly number[],
  isIntact: (id: number) => boolean,
): number | null {
  if (isIntact(id)) return id;
  const instead = idAt(other, column, row);
  return instead !== null && isIntact(instead) ? instead : null;
}

/**
 * Steps that are done are undone from the newest on, so one that is damaged takes all before it along; of undone ones and of
 * branches, all after it.
 */
function intactHistory(history: Manifest['history'], isIntact: (id: number) => boolean): Manifest['history'] {
  const { entries, position } = history;
  const isBroken = (entry: EntryRecord): boolean => !namedIn(entry).every(isIntact);
  const upTo = (list: readonly EntryRecord[]): readonly EntryRecord[] => {
    const firstBroken = list.findIndex(isBroken);
    return firstBroken < 0 ? list : list.slice(0, firstBroken);
  };
  const gone = entries.slice(0, position).findLastIndex(isBroken) + 1;
  const whole = {
    ...history,
    entries: [...entries.slice(0, position), ...upTo(entries.slice(position))],
    branches: history.branches
      .map((branch) => ({ ...branch, entries: upTo(branch.entries) }))
      .filter((branch) => branch.entries.length > 0),
  };
  return { ...pruned(withoutOldest(whole, gone)), position: position - gone };
}

function namedIn({ change }: EntryRecord): number[] {
  return [
    ...namedByChanged(change.picture ?? []),
    ...namedByChanged(change.original ?? []),
    ...namedByChanged(change.selection ?? []),
    ...(change.tokens?.before ?? []),
    ...(change.tokens?.after ?? []),
  ];
}

function lostPlaces(before: readonly number[], after: readonly number[]): Rect[] {
  return placedTilesIn(before)
    .filter(({ column, row }) => idAt(after, column, row) === null)
    .map(({ column, row }) => ({ x: column * TILE, y: row * TILE, width: TILE, height: TILE }));
}

/** What is lost, in a sentence; null where nothing is. */
export function lostText(name: string, { picture, selection, tokens, steps, metadata }: Lost): string | null {
  const lost = [
    picture.length > 0 ? `${counted(picture.length, 'tile')} of the picture, selected now` : '',
    selection > 0 ? `${counted(selection, 'tile')} of the selection` : '',
    tokens > 0 ? counted(tokens, 'grid of tokens', 'grids of tokens') : '',
    steps > 0 ? counted(steps, 'undo step') : '',
    metadata ? 'metadata' : '',
  ].filter((text) => text !== '');
  return lost.length === 0
    ? null
    : `${name} is damaged; what is intact was opened. Lost: ${lost.join(', ')}.`;
}

function counted(count: number, word: string, words = `${word}s`): string {
  return `${count} ${count === 1 ? word : words}`;
}
