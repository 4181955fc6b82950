import { engineSchemas } from '../../../../../core/contract/schemas/engineSchemas.ts';
import type { EncodedFrame, FrameSeen, TokensToPaint } from '../../../../../core/paint/requests.ts';
import type { ParamsOf } from '../../../../../core/contract/engineApi.ts';
import type { PixelPatch } from '../../../../../core/pixels/picture.ts';
import type { Rect } from '../../../../../core/base/geometry.ts';
import type { SeenTokens } from '../../../../../renderer/state/tokens/tokenWork.svelte.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { readyTokens } from '../../../../../renderer/commands/tokens/view/frameTokens.ts';
import { createBench, openPicture, type Bench } from '../../support/editor.ts';
import { FakeEngine, settled } from '../../support/fakeEngine.ts';

/** The code that this made-up tokenizer gives a square of one red: its red. */
export function encoded({ frame, region, picture }: FrameSeen): EncodedFrame {
  const { rect, columns, rows } = frame;
  const unit = rect.width / columns;
  const ids = Int32Array.from({ length: columns * rows }, (_, cell) => {
    const x = rect.x + (cell % columns) * unit - region.x;
    const y = rect.y + Math.floor(cell / columns) * unit - region.y;
    const inside = x >= 0 && y >= 0 && x < region.width && y < region.height;
    return inside ? picture[4 * (y * region.width + x)]! : 0;
  });
  const errors = Float32Array.from(ids, (id) => id / 2);
  return { grid: { width: columns, height: rows, ids }, distances: null, errors };
}

/** A careless decoder: the whole region in the red of the token that is there, whether its cell may change or not. */
export function painted({ frame, region, after }: TokensToPaint): PixelPatch {
  const { rect, columns, rows } = frame;
  const unit = rect.width / columns;
  const data = new Uint8Array(4 * region.width * region.height);
  for (let y = 0, i = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++, i += 4) {
      const column = Math.min(columns - 1, Math.max(0, Math.floor((region.x + x - rect.x) / unit)));
      const row = Math.min(rows - 1, Math.max(0, Math.floor((region.y + y - rect.y) / unit)));
      data.set([after.ids[row * columns + column]!, 9, 9, 255], i);
    }
  }
  return { rect: region, data };
}

/** How often each method was asked for. */
export function countOf({ engine }: Bench, method: string): number {
  return engine.asked.filter((call) => call.method === method).length;
}

/** Answers the newest question of each kind as the made-up tokenizer does; it must be one that the engine takes. */
export async function answerEncode({ engine }: Bench): Promise<ParamsOf<'tokens.encode'>> {
  await settled();
  const asked = engine.newest('tokens.encode');
  engineSchemas['tokens.encode'].parse(asked.params);
  await asked.answer(encoded(asked.params));
  return asked.params;
}

export async function answerPaint({ engine }: Bench): Promise<TokensToPaint> {
  await settled();
  const asked = engine.newest('tokens.paint');
  engineSchemas['tokens.paint'].parse(asked.params);
  await asked.answer(painted(asked.params));
  return asked.params;
}

/** An engine that answers at once. */
export class QuickEngine extends FakeEngine {
  override call(...args: Parameters<FakeEngine['call']>): ReturnType<FakeEngine['call']> {
    const result = super.call(...args);
    const asked = this.asked.at(-1)!;
    const { method, params } = asked;
    if (method === 'tokens.encode') void asked.answer(encoded(params as ParamsOf<'tokens.encode'>));
    if (method === 'tokens.paint') void asked.answer(painted(params as TokensToPaint));
    return result;
  }
}

/** A picture of 16 x 16 tokens of 8 px, whose frame tokens are there. */
export const CANVAS: Rect = { x: 0, y: 0, width: 128, height: 128 };

export interface TokensBench extends Bench {
  readonly document: OpenDocument;
}

export function openBench(canvas = CANVAS): TokensBench {
  const bench = createBench();
  return { ...bench, document: openPicture(bench, canvas) };
}

export async function encodeTokens(bench: TokensBench): Promise<SeenTokens> {
  const ready = readyTokens(bench.editor, bench.document);
  await answerEncode(bench);
  return ready;
}

/** A bench whose frame tokens are there already. */
export async function tokensBench(canvas = CANVAS): Promise<TokensBench> {
  const bench = openBench(canvas);
  await encodeTokens(bench);
  return bench;
}
