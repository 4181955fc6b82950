import type { Abort } from '../base/abort.ts';
import type { TokensToPaint } from './requests.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { PixelPatch } from '../pixels/picture.ts';
import { nearSighted } from './nearSighted.ts';
import { createPainter } from './painter.ts';

/** What the picture becomes with some tokens changed. Throws 'input' where tokens near them are missing, and 'aborted'. */
export async function paintTokens(
  tokenizer: Tokenizer,
  params: Omit<TokensToPaint, 'package'>,
  signal?: Abort,
): Promise<PixelPatch> {
  const { before, after, cells } = params;
  return createPainter(await nearSighted(tokenizer), params, before, cells).paint(after, signal);
}
