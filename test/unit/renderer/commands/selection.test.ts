import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boundsOf } from '../../../../core/raster/bounds.ts';
import { closeDialog } from '../../../../renderer/commands/dialogs.ts';
import {
  endPreview,
  featherBy,
  growBy,
  previewAdjustment,
  shrinkBy,
} from '../../../../renderer/commands/selection/adjust.ts';
import { createBench, openPicture, select } from '../support/editor.ts';

const SPOT = { x: 40, y: 50, width: 30, height: 20 };

function openBench() {
  const bench = createBench();
  const document = openPicture(bench);
  select(document, SPOT);
  return { ...bench, document, bounds: () => boundsOf(document.selection) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('adjusting the selection', () => {
  it('grows, shrinks and feathers by a number, one undo step each', () => {
    const { editor, document, bounds } = openBench();
    growBy(editor, 5);
    expect(bounds()).toEqual({ x: 35, y: 45, width: 40, height: 30 });
    shrinkBy(editor, 5);
    expect(bounds()).toEqual(SPOT);
    featherBy(editor, 4);
    expect(bounds()!.width).toBeGreaterThan(SPOT.width);
    expect(document.history.entries.slice(1).map(({ label, details }) => [label, ...details])).toEqual([
      ['Grow selection', { kind: 'length', of: 'by', px: 5 }],
      ['Shrink selection', { kind: 'length', of: 'by', px: 5 }],
      ['Feather selection', { kind: 'length', of: 'by', px: 4 }],
    ]);
  });

  it('does nothing by nothing, or without a document', () => {
    const { editor, document } = openBench();
    growBy(editor, 0);
    expect(document.history.entries).toHaveLength(1);
    editor.close(document);
    growBy(editor, 5);
    expect(editor.notices.list).toEqual([]);
  });
});

describe('the preview of an adjustment', () => {
  it('is shown where the number rests, without a trace in the document', () => {
    const { editor, document, bounds } = openBench();
    const before = document.current;
    for (const px of [3, 4, 5]) previewAdjustment(editor, 'grow', px);
    expect(document.live).toBeNull();
    vi.advanceTimersByTime(1000);
    expect(bounds()).toEqual({ x: 35, y: 45, width: 40, height: 30 });
    previewAdjustment(editor, 'shrink', 2);
    vi.advanceTimersByTime(1000);
    expect(bounds()).toEqual({ x: 42, y: 52, width: 26, height: 16 });
    expect(document.current).toBe(before);
    endPreview(editor);
    expect(document.live).toBeNull();
    expect(bounds()).toEqual(SPOT);
  });

  it('ends with the dialog, also before it came', () => {
    const { editor, document } = openBench();
    editor.dialog = 'grow';
    previewAdjustment(editor, 'grow', 5);
    closeDialog(editor);
    vi.advanceTimersByTime(1000);
    expect(document.live).toBeNull();
    expect(editor.dialog).toBeNull();
  });

  it('ends when the adjustment is made', () => {
    const { editor, document, bounds } = openBench();
    previewAdjustment(editor, 'grow', 5);
    vi.advanceTimersByTime(1000);
    growBy(editor, 5);
    expect(document.live).toBeNull();
    expect(bounds()).toEqual({ x: 35, y: 45, width: 40, height: 30 });
  });
});
