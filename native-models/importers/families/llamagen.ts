import type { CodecLayer, CodecPlan } from '../codec/plan.ts';
import type { Shapes } from '../recognise/piece.ts';
import {
  attentionLayer,
  CONVOLUTIONAL,
  levelLayers,
  levelsIn,
  type LevelNames,
  residualLayer,
} from './levels.ts';
import { present } from './taming.ts';

/** The tokenizers of LlamaGen, whose codes are directions (tokenizer/tokenizer_image/vq_model.py). */
export function llamagenCodec(shapes: Shapes): CodecPlan {
  return {
    encoder: half(shapes, 'encoder', 'down'),
    decoder: half(shapes, 'decoder', 'up'),
    lookup: { kind: 'direction', codebook: 'quantize.embedding.weight' },
    quantConv: present(shapes, 'quant_conv'),
    postQuantConv: present(shapes, 'post_quant_conv'),
    pixelRange: [-1, 1],
    groups: 32,
  };
}

function half(shapes: Shapes, part: 'encoder' | 'decoder', resampling: 'down' | 'up'): CodecLayer[] {
  const names: LevelNames = {
    residual: (level, block) => `${part}.conv_blocks.${level}.res.${block}`,
    attention: (level, block) => `${part}.conv_blocks.${level}.attn.${block}`,
    resample: (level) => `${part}.conv_blocks.${level}.${resampling}sample.conv`,
    shortcuts: ['nin_shortcut', 'conv_shortcut'],
    attentionParts: [CONVOLUTIONAL],
  };
  const attention = attentionLayer(shapes, names, `${part}.mid.1`);
  const middle = [
    residualLayer(shapes, names, `${part}.mid.0`),
    ...(attention ? [attention] : []),
    residualLayer(shapes, names, `${part}.mid.2`),
  ];
  const levels = levelLayers(shapes, names, levelsIn(shapes, names), resampling);
  return [
    { kind: 'convolution', name: `${part}.conv_in` },
    ...(resampling === 'down' ? [...levels, ...middle] : [...middle, ...levels]),
    { kind: 'norm', name: `${part}.norm_out`, swish: true },
    { kind: 'convolution', name: `${part}.conv_out` },
  ];
}
