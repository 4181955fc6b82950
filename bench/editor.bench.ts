import { parseArgs } from 'node:util';
import { measureFills } from './editor/fills.ts';
import { graphicsNote, memoryRows } from './editor/memory.ts';
import { samplesRow } from './editor/rows.ts';
import { startAndOpen } from './editor/start.ts';
import { measureStrokes } from './editor/strokes.ts';
import { measureTokens } from './editor/tokens.ts';
import { report, type Row } from './report.ts';

/**
 * The window with a JPEG of 24 MP: how fast it comes, how closely the brush follows the pointer, what strokes, undo and
 * fills cost. `--runs` is how often it is started, `--fills` how many fills are accepted before memory is looked at again.
 */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '3' },
      fills: { type: 'string', default: '50' },
      out: { type: 'string' },
    },
  });
  const fills = Math.max(1, Number(values.fills));
  const { tessera, windows, pictures } = await startAndOpen(Math.max(1, Number(values.runs)));
  const { app, page } = tessera;
  try {
    const rows: Row[] = [
      samplesRow('start: to the first window', windows),
      samplesRow('open a JPEG of 24 MP: to all of it drawn', pictures),
      ...(await memoryRows(app, 'with 24 MP open')),
      ...(await measureStrokes(page)),
      ...(await measureFills(page, fills)),
      ...(await memoryRows(app, `after ${fills} fills`)),
      ...[...(await measureTokens(app, page))].map(([what, samples]) => samplesRow(what, samples)),
    ];
    report('editor', rows, values.out, await graphicsNote(app));
  } finally {
    await tessera.end();
  }
  return 0;
}
