import { MASK } from '../../../core/tokens/grid.ts';
import type { OpenedTokens } from '../shared/tokenFile.ts';
import { count, table } from '../shared/text.ts';

const MOST_USED = 10;

/** What there is to know about a grid of tokens. */
export interface TokenInfo extends Pick<OpenedTokens, 'width' | 'height' | 'package' | 'frame' | 'picture'> {
  readonly missing: number;
  readonly pins: number;
  readonly distinct: number; // different codes in use
  readonly mostUsed: readonly { readonly id: number; readonly count: number }[]; // most used first
}

export function tokenInfo(tokens: OpenedTokens): TokenInfo {
  const counts = new Map<number, number>();
  for (const id of tokens.ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const missing = counts.get(MASK) ?? 0;
  counts.delete(MASK);
  const used = [...counts].map(([id, times]) => ({ id, count: times }));
  used.sort((a, b) => b.count - a.count || a.id - b.id);
  const { width, height, package: made, frame, picture } = tokens;
  return {
    width,
    height,
    ...(made && { package: made }),
    ...(frame && { frame }),
    ...(picture && { picture }),
    missing,
    pins: tokens.pins.length,
    distinct: used.length,
    mostUsed: used.slice(0, MOST_USED),
  };
}

/** The info for a person. */
export function tokenText(path: string, info: TokenInfo): string {
  const { width, height, missing, pins, distinct, mostUsed, picture, frame } = info;
  const rows: [string, string][] = [
    ['size', `${width} x ${height} tokens (${width * height})`],
    ['package', info.package?.id ?? 'not told by this file'],
    ['missing', String(missing)],
    ['pinned', String(pins)],
    ['codes', `${distinct} different ones`],
  ];
  if (picture) rows.push(['picture', `${picture.width} x ${picture.height} px`]);
  if (frame) {
    const { x, y } = frame.rect;
    rows.push(['frame', `${frame.rect.width} x ${frame.rect.height} px at ${x}, ${y}, scale ${frame.scale}`]);
  }
  if (mostUsed.length > 0) {
    rows.push(['most used', mostUsed.map(({ id, count: times }) => `${id} (${times})`).join(', ')]);
  }
  return `${path}\n${table(rows).replace(/^/gm, '  ')}`;
}

/** What was changed, for a person. */
export function editText(changed: number, info: TokenInfo): string {
  return `  ${count(changed, 'token')} changed, ${info.missing} missing, ${info.pins} pinned`;
}
