import type { CodecLayer, CodecPlan, Lookup } from '../codec/plan.ts';
import type { Shapes } from '../recognise/piece.ts';
import {
  attentionLayer,
  CONVOLUTIONAL,
  levelLayers,
  levelsIn,
  type LevelNames,
  residualLayer,
} from './levels.ts';

/**
 * The tokenizers of Taming Transformers and the first stages of latent diffusion
 * (taming/modules/diffusionmodules/model.py, ldm/modules/diffusionmodules/model.py).
 */
export function tamingCodec(shapes: Shapes): CodecPlan {
  return planOf(shapes, namesOf('encoder.down', 'downsample'), namesOf('decoder.up', 'upsample'), [-1, 1]);
}

/**
 * The tokenizer of MAGE, which is MaskGIT's under those names: no attention, the mean of 2 x 2 in the place of a convolution, and
 * the shortcut of a block that changes the number of channels is a product of what the block gives.
 */
export function mageCodec(shapes: Shapes): CodecPlan {
  const [down, up] = [namesOf('encoder.down', 'downsample'), namesOf('decoder.up', 'upsample')];
  const shortcutOf = 'change';
  return planOf(shapes, { ...down, shortcutOf }, { ...up, shortcutOf }, [0, 1]);
}

function planOf(
  shapes: Shapes,
  down: LevelNames,
  up: LevelNames,
  pixelRange: CodecPlan['pixelRange'],
): CodecPlan {
  return {
    encoder: [
      { kind: 'convolution', name: 'encoder.conv_in' },
      ...levelLayers(shapes, down, levelsIn(shapes, down), 'down'),
      ...middle(shapes, down, 'encoder.mid'),
      ...end('encoder'),
    ],
    decoder: [
      { kind: 'convolution', name: 'decoder.conv_in' },
      ...middle(shapes, up, 'decoder.mid'),
      // Its levels are numbered from the largest to the smallest, and run from the smallest.
      ...levelLayers(shapes, up, levelsIn(shapes, up).reverse(), 'up'),
      ...end('decoder'),
    ],
    lookup: lookupOf(shapes),
    quantConv: present(shapes, 'quant_conv'),
    postQuantConv: present(shapes, 'post_quant_conv'),
    pixelRange,
    groups: 32,
  };
}

function namesOf(levels: string, resample: string): LevelNames {
  return {
    residual: (level, block) => `${levels}.${level}.block.${block}`,
    attention: (level, block) => `${levels}.${level}.attn.${block}`,
    resample: (level) => `${levels}.${level}.${resample}.conv`,
    shortcuts: ['nin_shortcut', 'conv_shortcut'],
    attentionParts: [CONVOLUTIONAL],
  };
}

function middle(shapes: Shapes, names: LevelNames, mid: string): CodecLayer[] {
  const attention = attentionLayer(shapes, names, `${mid}.attn_1`);
  return [
    residualLayer(shapes, names, `${mid}.block_1`),
    ...(attention ? [attention] : []),
    residualLayer(shapes, names, `${mid}.block_2`),
  ];
}

function end(part: string): CodecLayer[] {
  return [
    { kind: 'norm', name: `${part}.norm_out`, swish: true },
    { kind: 'convolution', name: `${part}.conv_out` },
  ];
}

/** How codes are found, by the tensors of the codebook. */
export function lookupOf(shapes: Shapes): Lookup {
  if (shapes.has('quantize.proj.weight')) {
    return { kind: 'projection', codebook: 'quantize.embed.weight', projection: 'quantize.proj' };
  }
  const names = ['quantize.embedding.weight', 'quantize.embed.weight'];
  const codebook = names.find((name) => shapes.has(name)) ?? 'quantize.embedding';
  return { kind: 'nearest', codebook };
}

/** A layer that some models have and others not. */
export function present(shapes: Shapes, name: string): string | null {
  return shapes.has(`${name}.weight`) ? name : null;
}
