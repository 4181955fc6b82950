import { seedText } from '../../../core/base/seeds.ts';
import type { CombineMode } from '../../../core/selection/combine.ts';
import type { Detail } from '../../../core/document/details.ts';
import type { PlanSource } from '../../../core/fill/params.ts';
import { decimalText, translated } from '../../state/texts.svelte.ts';
import { angleText, percentText, pixelsText, scaleText, tokensText } from '../text/size.ts';
import { durationText } from '../text/time.ts';

/** What a step was done with, in one line: 'Balanced · Seed 7 · Steps 12'. */
export function detailsText(details: readonly Detail[]): string {
  return details.map((detail) => detailText(detail).replaceAll(' ', NO_BREAK)).join(' · ');
}

const PLANNED: Readonly<Record<PlanSource, string>> = {
  denoiser: 'Planned by the model',
  patches: 'Planned with patches of the picture',
  mended: 'Planned with patches, mended by the model',
};

const NO_BREAK = '\u00a0'; // a number stays with its unit

/** One detail; what speaks for itself goes without its name. */
function detailText(detail: Detail): string {
  switch (detail.kind) {
    case 'count':
      return `${titleOf(detail.of)} ${detail.count}`;
    case 'length':
      return `${titleOf(detail.of)} ${detail.px} px`;
    case 'share':
      return `${titleOf(detail.of)} ${detail.of === 'confidence' ? 'up to ' : ''}${percentText(detail.share)}`;
    case 'angle':
      return angleText(detail.degrees);
    case 'levels':
      return `${titleOf(detail.of)} ${detail.levels} levels`;
    case 'size':
      return detail.of === 'px' ? pixelsText(detail) : `${tokensText(detail)} tokens`;
    case 'scale': {
      const [least, most] = [detail.least, detail.most].map(scaleText) as [string, string];
      return `Scale ${least === most ? least : `${least} to ${most}`} px per model px`;
    }
    case 'brush':
      return [
        `${Math.round(detail.size)} px`,
        `Hardness ${percentText(detail.hardness)}`,
        `Opacity ${percentText(detail.opacity)}`,
      ].join(' · ');
    case 'selection':
      return `Selection ${translated(MODES[detail.mode])}`;
    case 'contiguous':
      return `Contiguous ${translated(ANSWER_TITLES[detail.contiguous ? 'yes' : 'no'])}`;
    case 'preset':
      return `${titleOf(detail.preset)}${Object.keys(detail.changes).length > 0 ? translated(ANSWER_TITLES.changed) : ''}`;
    case 'prompt':
      return [
        ...(detail.text === '' ? [] : [`“${detail.text}”`]),
        ...(detail.negative === '' ? [] : [`Not “${detail.negative}”`]),
        `Guidance ${detail.guidance}`,
      ].join(' · ');
    case 'plan':
      return translated(PLANNED[detail.source]);
    case 'score':
      return `Surprise ${decimalText(detail.surprise, 2)} bits per token · Seam ${decimalText(detail.seam, 1)}`;
    case 'mismatch':
      return `Unlike the picture ${decimalText(detail.ratio, 2)}`;
    case 'seed':
      return `Seed ${seedText({ seed: detail.seed, first: (detail.candidate ?? 1) - 1 })}`;
    case 'temperature':
      return `Temperature ${detail.temperature}`;
    case 'candidate':
      return `Candidate ${detail.number} of ${detail.of}`;
    case 'branch':
      return `Branch from step ${detail.step} of candidate ${detail.candidate}`;
    case 'mix':
      return `Mix ${detail.tokens} tokens of candidate ${detail.others.join(', ')} in ${detail.base}`;
    case 'package':
      return `${detail.name} ${detail.version}`;
    case 'duration':
      return durationText(detail.ms);
    case 'code':
      return `Code ${detail.id}`;
    case 'replaced':
      return `Replaced ${detail.codes.join(', ')}`;
    case 'cell':
      return `Cell row ${detail.row}, column ${detail.column}`;
    case 'file':
      return `File ${detail.name}`;
    case 'text':
      return PLAIN.has(detail.name) ? detail.text : `${detail.name} ${detail.text}`;
  }
}

const MODES: Readonly<Record<CombineMode, string>> = {
  replace: 'New',
  add: 'Add',
  subtract: 'Subtract',
  intersect: 'Intersect',
};

/** Of the texts in projects of format 1. */
const PLAIN: ReadonlySet<string> = new Set(['Preset', 'Size', 'Package', 'Time']);

/** What is counted and measured, and presets. */
const WORD_TITLES: Readonly<Record<string, string>> = {
  steps: 'Steps',
  tokens: 'Tokens',
  pinned: 'Pinned',
  frames: 'Frames',
  cells: 'Cells',
  codes: 'Codes',
  corners: 'Corners',
  by: 'By',
  feather: 'Feather',
  detail: 'Detail',
  texture: 'Texture',
  probability: 'Probability',
  share: 'Share',
  confidence: 'Confidence',
  size: 'Size',
  opacity: 'Opacity',
  match: 'Match',
  strength: 'Strength',
  tolerance: 'Tolerance',
  fuzziness: 'Fuzziness',
  draft: 'Draft',
  balanced: 'Balanced',
  fine: 'Fine',
};

const ANSWER_TITLES = { yes: 'yes', no: 'no', changed: ', changed' } as const;

/** A word of a detail as a title. Others than those of the table come from newer versions. */
function titleOf(word: string): string {
  return translated(WORD_TITLES[word] ?? word.charAt(0).toUpperCase() + word.slice(1));
}
