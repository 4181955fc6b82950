import { frameOptions, planFills } from '../../../core/fill/planFills.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { isEmpty } from '../../../core/raster/bounds.ts';
import { applyPatch } from '../../../core/raster/patch.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { withRect } from '../../../core/raster/resize.ts';
import { growSelection } from '../../../core/selection/reshape.ts';
import type { Document } from '../../../core/document/document.ts';
import type { Prompt } from '../../../core/sampling/request.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { FillOrder } from '../../state/fillSession.svelte.ts';

/**
 * A fill of what is selected now, as the panel is set. Throws sentences for people where there is nothing to fill.
 *
 * @param strength of a repair; null for a fill
 */
export function orderFill(editor: Editor, document: Document, strength: number | null = null): FillOrder {
  const info = packageInUse(editor);
  const { preset, changes, candidates, scale, feather, detail, texture } = editor.fillSettings;
  const { frame } = document;
  const selection = withOverlap(document.selection, editor.fillSettings.overlap);
  const plans = planFills({ ...document, selection }, frameOptions(info, scale));
  if (plans.length === 0) throw isEmpty(selection) ? nothingSelected() : outsideFrame();
  const prompt = promptOf(editor, info);
  const { usual } = info;
  const shown = { preset, changes, candidates, scale, feather, detail, texture };
  const settings = { ...shown, prompt, strength, usual };
  return {
    selection,
    painted: document.selection,
    frame,
    plans,
    package: info,
    ...settings,
    previousPins: [],
  };
}

/** What is selected, with the px around it that may be redrawn at the seam. */
export function withOverlap(selection: Raster, px: number): Raster {
  return px === 0 ? selection : applyPatch(selection, growSelection(selection, px));
}

/** The same fill on a picture that may have been extended or cropped since. */
export function renewOrder(order: FillOrder, document: Document): FillOrder {
  const { canvas } = document;
  if (order.selection.rect === canvas) return order;
  const { frame, package: info, scale } = order;
  const selection = withRect(order.selection, canvas).raster;
  const plans = planFills({ canvas, selection, frame }, frameOptions(info, scale));
  const previousPins = frame ? order.previousPins : []; // else the frames may be others
  const painted = withRect(order.painted, canvas).raster;
  if (plans.length > 0) return { ...order, selection, painted, plans, previousPins };
  throw new TesseraError(
    'input',
    'What this fill was for is not in the picture any more.',
    'Select something else and fill that.',
  );
}

/** What leads a package, as the panel is set; null where nothing does. */
export function promptOf({ fillSettings }: Editor, { prompt: taken }: PackageInfo): Prompt | null {
  const text = fillSettings.prompt.trim();
  const negative = fillSettings.negative.trim();
  if (!taken || (text === '' && negative === '')) return null;
  return { text, negative, guidance: fillSettings.guidance ?? taken.guidance };
}

/** What leads a package that is called by its ref. */
export function promptFor(editor: Editor, ref: string): Prompt | null {
  const info = editor.packages.byRef(ref);
  return info && promptOf(editor, info);
}

/** The package that fills use. */
export function packageInUse({ packages, fillSettings }: Editor): PackageInfo {
  const info = packages.byRef(fillSettings.package);
  if (info) return info;
  throw new TesseraError(
    'package',
    packages.list.length === 0
      ? 'No model package is installed.'
      : `The model package “${fillSettings.package}” is not installed.`,
    packages.list.length === 0
      ? 'Install one: a fill needs a model.'
      : 'Choose another one in the Model panel.',
  );
}

function nothingSelected(): TesseraError {
  return new TesseraError(
    'input',
    'Nothing is selected.',
    'Paint over what you want to remove with the mask brush (B), then fill again.',
  );
}

function outsideFrame(): TesseraError {
  return new TesseraError(
    'input',
    'The selection lies outside the frame.',
    'Move the frame (F) over the selection, or select something inside it.',
  );
}
