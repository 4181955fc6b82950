import path from 'node:path';
import { FAMILY_NAMES, type Located } from '../../../native-models/importers/recognise/piece.ts';
import { recognise } from '../../../native-models/importers/recognise/recognise.ts';
import type { Context } from '../shared/context.ts';
import type { ReportFields } from '../shared/report.ts';
import { bytesText, table } from '../shared/text.ts';

/** Tells what checkpoints are, which part of a model, and what is missing. */
export async function recogniseFiles(
  { reporter, signal }: Context,
  files: readonly string[],
): Promise<ReportFields> {
  const recognised = await recognise(files, signal);
  const { tokenizer, denoiser, missing, notes } = recognised;
  const pieces = [tokenizer, denoiser].filter((piece) => piece !== null);
  reporter.say(pieces.map(pieceText).join('\n\n'));
  for (const sentence of missing === null ? notes : [missing, ...notes]) reporter.say(`\n${sentence}`);
  return { recognised };
}

export function pieceText(piece: Located): string {
  const size = `${(piece.values / 1e6).toFixed(1)} million numbers, ${bytesText(piece.bytes)} in the file`;
  const rows =
    piece.part === 'tokenizer'
      ? ([
          ['part', 'tokenizer: pictures to tokens and back'],
          ['tokens', `${piece.codes} codes of ${piece.downsample} x ${piece.downsample} px`],
        ] as const)
      : ([
          ['part', 'denoiser: predicts missing tokens'],
          ['sees', `${piece.side} x ${piece.side} of ${piece.codes} codes at once`],
          ...(piece.classes > 0 ? ([['classes', String(piece.classes)]] as const) : []),
        ] as const);
  const all = [['family', FAMILY_NAMES[piece.family]], ...rows, ['size', size]] as const;
  return `${path.basename(piece.file)}\n${table(all).replace(/^/gm, '  ')}`;
}
