import type { CodecLayer } from '../codec/plan.ts';
import type { Shapes } from '../recognise/piece.ts';

/** How a family names the parts of its levels; a name is that of a tensor without `.weight`. */
export interface LevelNames {
  /** The blocks of a level and the attentions after them. */
  residual(level: number, block: number): string;
  attention(level: number, block: number): string;
  /** What changes the size after a level. */
  resample(level: number): string;
  readonly shortcuts: readonly string[]; // what a block may call its own
  readonly shortcutOf?: 'input' | 'change'; // of what it is a product; left out, of the block's input
  /** The parts of an attention. */
  readonly attentionParts: readonly AttentionNames[];
}

/** One way to name the parts of an attention. */
export interface AttentionNames {
  readonly norm: string;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly out: string;
}

/** Attentions whose products are 1x1 convolutions, as Taming Transformers and those after it name them. */
export const CONVOLUTIONAL: AttentionNames = {
  norm: 'norm',
  query: 'q',
  key: 'k',
  value: 'v',
  out: 'proj_out',
};

/** The levels of an encoder or decoder in the order given, between which the size changes. */
export function levelLayers(
  shapes: Shapes,
  names: LevelNames,
  order: readonly number[],
  resampling: 'down' | 'up',
): CodecLayer[] {
  const layers: CodecLayer[] = [];
  for (const level of order) {
    for (let block = 0; shapes.has(`${names.residual(level, block)}.conv1.weight`); block++) {
      layers.push(residualLayer(shapes, names, names.residual(level, block)));
      const attention = attentionLayer(shapes, names, names.attention(level, block));
      if (attention) layers.push(attention);
    }
    if (level === order.at(-1)) continue;
    const name = names.resample(level);
    layers.push({ kind: resampling, name: shapes.has(`${name}.weight`) ? name : null });
  }
  return layers;
}

export function residualLayer(
  shapes: Shapes,
  { shortcuts, shortcutOf = 'input' }: LevelNames,
  block: string,
): CodecLayer {
  return {
    kind: 'residual',
    norm1: `${block}.norm1`,
    conv1: `${block}.conv1`,
    norm2: `${block}.norm2`,
    conv2: `${block}.conv2`,
    shortcut:
      shortcuts.map((name) => `${block}.${name}`).find((name) => shapes.has(`${name}.weight`)) ?? null,
    shortcutOf,
  };
}

/** An attention; null where there is none. */
export function attentionLayer(
  shapes: Shapes,
  { attentionParts }: LevelNames,
  block: string,
): CodecLayer | null {
  for (const { norm, query, key, value, out } of attentionParts) {
    if (!shapes.has(`${block}.${query}.weight`)) continue;
    const named = (part: string): string => `${block}.${part}`;
    return {
      kind: 'attention',
      norm: named(norm),
      query: named(query),
      key: named(key),
      value: named(value),
      out: named(out),
    };
  }
  return null;
}

/** 0 to the number of levels that there are. */
export function levelsIn(shapes: Shapes, names: LevelNames): number[] {
  const levels: number[] = [];
  while (shapes.has(`${names.residual(levels.length, 0)}.conv1.weight`)) levels.push(levels.length);
  return levels;
}
