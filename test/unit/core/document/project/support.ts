import { RECORD } from '../../../../fixtures/record.ts';
import fc from 'fast-check';
import { applyChange } from '../../../../../core/document/applyChange.ts';
import { extendCanvas } from '../../../../../core/document/canvas.ts';
import type { Detail } from '../../../../../core/document/details.ts';
import type { Change, History } from '../../../../../core/document/change.ts';
import type { Document, FrameTokens } from '../../../../../core/document/document.ts';
import { forgetChanged } from '../../../../../core/document/forgetChanged.ts';
import { createHistory, goTo, push } from '../../../../../core/document/history.ts';
import type {
  ProjectDocument,
  ProjectExtras,
  ProjectSnapshot,
} from '../../../../../core/document/projectFile.ts';
import {
  documentToProject,
  numberParts,
  parseProject,
  projectToDocument,
} from '../../../../../core/document/projectFile.ts';
import { growRect } from '../../../../../core/base/geometry.ts';
import { createGrid } from '../../../../../core/tokens/grid.ts';
import type { Provenance } from '../../../../../core/tokens/provenance.ts';
import { fillRect } from '../../../../../core/raster/write.ts';
import { seed } from '../../pixels/random.ts';
import { rects } from '../../raster/support.ts';
import { noiseDocument, paint, select } from '../support.ts';

/** A document with its history. */
export interface Work {
  readonly document: Document;
  readonly history: History;
  readonly extras?: ProjectExtras; // where it was read
}

export const extras: ProjectExtras = {
  app: 'Tessera 0.1.0',
  name: 'sea.jpg',
  metadata: { exif: Uint8Array.of(0x4d, 0x4d, 0, 42), xmp: Uint8Array.of(60, 62) },
  record: RECORD,
};

export function startWork(canvas = { x: -50, y: -20, width: 400, height: 300 }): Work {
  return { document: noiseDocument(canvas), history: createHistory() };
}

/** One more step. */
export function commit({ document, history }: Work, label: string, change: Change): Work {
  const whole = forgetChanged(document, change);
  const next = applyChange(document, whole);
  const details: Detail[] = [
    { kind: 'seed', seed: 7 },
    { kind: 'preset', preset: 'balanced', changes: { steps: 20, remasking: { kind: 'none' } } },
    { kind: 'text', name: 'Package "x"', text: 'größer' },
  ];
  return {
    document: next,
    history: push(history, next, { label, details, at: 1_700_000_000_000, change: whole }),
  };
}

export function move({ document, history }: Work, position: number): Work {
  return goTo(document, history, position) ?? { document, history };
}

/** The tokens that a fill with some seed leaves behind. */
export function tokensOfFill(seed: number): FrameTokens {
  const random = Math.abs(seed);
  const kinds: readonly Provenance[] = [
    { kind: 'encoded' },
    { kind: 'filled', step: 1 + (random % 12), probability: 1 / (1 + (random % 97)) },
    { kind: 'pinned' },
    { kind: 'painted' },
  ];
  const ids = Array.from({ length: 12 }, (_, i) => (random + 31 * i) % 1024);
  return {
    package: { id: 'bä.se', sha256: 'ab' },
    frame: { rect: { x: -16, y: 8, width: 64, height: 48 }, scale: 2, columns: 4, rows: 3 },
    grid: createGrid(4, 3, ids),
    pins: [2, 6],
    provenance: ids.map((_, i) => kinds[i % kinds.length]!),
  };
}

type Step = (work: Work) => Work;

const edits: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(rects(80), seed).map(
    ([rect, random]): Step =>
      (work) =>
        commit(work, 'Paint', paint(work.document, rect, random)),
  ),
  fc.tuple(rects(80), seed).map(
    ([rect, random]): Step =>
      (work) =>
        commit(work, 'Select', select(work.document, rect, random)),
  ),
  rects(300).map(
    (rect): Step =>
      (work) =>
        commit(work, 'Fill selection', { selection: fillRect(work.document.selection, rect, 255) }),
  ),
  fc.integer({ min: 1, max: 90 }).map(
    (by): Step =>
      (work) =>
        commit(work, 'Extend', extendCanvas(work.document, growRect(work.document.canvas, by))),
  ),
  seed.map(
    (random): Step =>
      (work) =>
        commit(work, 'Fill', moreTokens(work.document, tokensOfFill(random))),
  ),
  fc.constant<Step>((work) => commit(work, 'Frame', nextFrame(work.document))),
);

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: edits },
  {
    weight: 1,
    arbitrary: fc.nat(20).map(
      (position): Step =>
        (work) =>
          move(work, Math.min(position, work.history.entries.length)),
    ),
  },
);

/** Gestures, some of them moves through the history. Counterexamples show these, not megabytes of tiles. */
export const gestures: fc.Arbitrary<Step[]> = fc.array(steps, { maxLength: 14 });

/** A document after gestures. */
export function workAfter(list: readonly Step[]): Work {
  return list.reduce((work, step) => step(work), startWork());
}

export function moreTokens({ tokens }: Document, more: FrameTokens): Change {
  return { tokens: { before: tokens, after: [...tokens.slice(-2), more] } };
}

function nextFrame({ frame }: Document): Change {
  const rect = { x: (frame?.rect.x ?? 0) - 8, y: 0, width: 64, height: 32 };
  const after = { rect, scale: 1.5, columns: 16, rows: 8 };
  return { frame: { before: frame, after: frame && rect.x < -24 ? null : after } };
}

/** What a snapshot is read as. */
export function reread({ json, parts }: ProjectSnapshot): ProjectDocument {
  return projectToDocument(parseProject(json, '"a.tessera"'), (id) => parts.get(id)!.bytes, '"a.tessera"');
}

export function snapshotOf(work: Work, idOf = numberParts()): ProjectSnapshot {
  return documentToProject(work.document, work.history, work.extras ?? extras, idOf);
}
