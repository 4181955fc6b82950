import type { CodecLayer, CodecPlan } from '../codec/plan.ts';
import type { Shapes } from '../recognise/piece.ts';
import { lookupOf } from './taming.ts';
import { unknownVariant } from './variant.ts';

/**
 * The VQGAN of Unleashing Transformers: two lists of numbered blocks whose names say what each is (models/vqgan.py).
 *
 * @throws TesseraError 'input' for a block of another kind
 */
export function unleashingCodec(shapes: Shapes): CodecPlan {
  return {
    encoder: blocks(shapes, 'encoder', 'down'),
    decoder: blocks(shapes, 'generator', 'up'),
    lookup: lookupOf(shapes),
    quantConv: null,
    postQuantConv: null,
    pixelRange: [0, 1],
    groups: 32,
  };
}

function blocks(shapes: Shapes, part: string, resampling: 'down' | 'up'): CodecLayer[] {
  const layers: CodecLayer[] = [];
  for (let i = 0; ; i++) {
    const block = `${part}.blocks.${i}`;
    const layer = blockOf(shapes, block, resampling);
    if (!layer) break;
    layers.push(layer);
  }
  const listed = [...shapes.keys()].filter((name) => name.startsWith(`${part}.blocks.`));
  const numbers = new Set(listed.map((name) => name.split('.')[2]));
  if (layers.length === 0 || layers.length !== numbers.size) throw unknownVariant('Unleashing Transformers');
  return layers;
}

function blockOf(shapes: Shapes, block: string, resampling: 'down' | 'up'): CodecLayer | null {
  if (shapes.has(`${block}.norm1.weight`)) {
    const [out, from] = shapes.get(`${block}.conv1.weight`) ?? [];
    return {
      kind: 'residual',
      norm1: `${block}.norm1`,
      conv1: `${block}.conv1`,
      norm2: `${block}.norm2`,
      conv2: `${block}.conv2`,
      // Every block has one, and only those that change the number of channels use it.
      shortcut: out === from ? null : `${block}.conv_out`,
      shortcutOf: 'input',
    };
  }
  if (shapes.has(`${block}.q.weight`)) {
    return {
      kind: 'attention',
      norm: `${block}.norm`,
      query: `${block}.q`,
      key: `${block}.k`,
      value: `${block}.v`,
      out: `${block}.proj_out`,
    };
  }
  if (shapes.has(`${block}.conv.weight`)) return { kind: resampling, name: `${block}.conv` };
  const weight = shapes.get(`${block}.weight`);
  if (!weight) return null;
  return weight.length === 1
    ? { kind: 'norm', name: block, swish: false }
    : { kind: 'convolution', name: block };
}
