import path from 'node:path';
import {
  type DenoiserPiece,
  FAMILY_NAMES,
  type Located,
  type TextPiece,
  type TokenizerPiece,
} from '../../../native-models/importers/recognise/piece.ts';
import { recognise } from '../../../native-models/importers/recognise/recognise.ts';
import type { Precision } from '../../../core/model/importing.ts';
import { expectedFill } from '../../../native-models/importers/timing/expectedFill.ts';
import type { Context } from '../shared/context.ts';
import type { ReportFields } from '../shared/report.ts';
import { bytesText, count, durationText, table } from '../shared/text.ts';
import { openCheckpoint } from '../../../native-models/importers/readers/openCheckpoint.ts';
import type { TensorInfo } from '../../../native-models/importers/tensor.ts';

/** Tells what checkpoints are, which part of a model, and what is missing. */
export async function recogniseFiles(
  { reporter, signal }: Context,
  files: readonly string[],
): Promise<ReportFields> {
  const recognised = await recognise(files, signal);
  const { tokenizer, denoiser, text, missing, notes } = recognised;
  const pieces = [tokenizer, denoiser, text].filter((piece) => piece !== null);
  reporter.say(pieces.map(pieceText).join('\n\n'));
  for (const sentence of missing === null ? notes : [missing, ...notes]) reporter.say(`\n${sentence}`);
  const fill = missing === null ? await expectedFill(recognised) : null;
  if (fill) reporter.say(`\n${expectedText(fill)}`);
  return { recognised, expectedFill: fill };
}

/** How long fills will take. @param fill ms */
export function expectedText({ full, int8 }: Readonly<Record<Precision, number>>): string {
  return `A fill takes about ${durationText(full)} here, with --int8 about ${durationText(int8)}.`;
}

export function pieceText(piece: Located<TokenizerPiece | DenoiserPiece | TextPiece>): string {
  const size = `${(piece.values / 1e6).toFixed(1)} million numbers, ${bytesText(piece.bytes)} in the file`;
  const rows =
    piece.part === 'tokenizer'
      ? ([
          ['part', 'tokenizer: pictures to tokens and back'],
          ['tokens', `${piece.codes} codes of ${piece.downsample} x ${piece.downsample} px`],
        ] as const)
      : piece.part === 'text'
        ? ([
            ['part', 'text model: leads the denoiser to a prompt'],
            ['reads', `${piece.length - 2} tokens of ${piece.codes}`],
          ] as const)
        : ([
            ['part', 'denoiser: predicts missing tokens'],
            ['sees', `${piece.side} x ${piece.side} of ${piece.codes} codes at once`],
            ...(piece.classes > 0 ? ([['classes', String(piece.classes)]] as const) : []),
          ] as const);
  const weights = piece.averaged ? ([['weights', 'averaged over training (EMA)']] as const) : [];
  const all = [['family', FAMILY_NAMES[piece.family]], ...rows, ...weights, ['size', size]] as const;
  return `${path.basename(piece.file)}\n${table(all).replace(/^/gm, '  ')}`;
}

/** Tells what a checkpoint of PyTorch or safetensors holds. Nothing in the file is run, and no weight is read. */
export async function inspect({ reporter }: Context, file: string): Promise<ReportFields> {
  const checkpoint = await openCheckpoint(file);
  try {
    const tensors = [...checkpoint.tensors.values()];
    const values = tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    if (tensors.length > 0) reporter.say(table(tensors.map(lineOf)));
    reporter.say(`${count(tensors.length, 'tensor')}, ${values.toLocaleString('en')} values`);
    return { input: file, values, tensors, extras: Object.fromEntries(checkpoint.extras) };
  } finally {
    await checkpoint.close();
  }
}

function lineOf({ name, dtype, shape }: TensorInfo): readonly [string, string] {
  return [name, `${dtype} ${shape.length === 0 ? 'scalar' : shape.join(' x ')}`];
}
