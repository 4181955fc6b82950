import type { CodecLayer, CodecPlan } from '../codec/plan.ts';
import type { Shapes } from '../recognise/piece.ts';
import {
  attentionLayer,
  type AttentionNames,
  levelLayers,
  levelsIn,
  type LevelNames,
  residualLayer,
} from './levels.ts';
import { present } from './taming.ts';
import { unknownVariant } from './variant.ts';

/** Names since diffusers 0.15, and those before. */
const ATTENTIONS: readonly AttentionNames[] = [
  { norm: 'group_norm', query: 'to_q', key: 'to_k', value: 'to_v', out: 'to_out.0' },
  { norm: 'group_norm', query: 'query', key: 'key', value: 'value', out: 'proj_attn' },
];

/**
 * VQModel of diffusers (models/autoencoders/vq_model.py).
 *
 * @throws TesseraError 'input' for its variant whose decoder is led by the codes at every norm (MoVQ)
 */
export function diffusersCodec(shapes: Shapes): CodecPlan {
  if (!shapes.has('decoder.conv_norm_out.weight')) throw unknownVariant('VQModel of diffusers');
  const attends = [...shapes.keys()].some((name) => name.includes('.attentions.'));
  return {
    encoder: half(shapes, 'encoder', 'down'),
    decoder: half(shapes, 'decoder', 'up'),
    lookup: { kind: 'nearest', codebook: 'quantize.embedding.weight' },
    quantConv: present(shapes, 'quant_conv'),
    postQuantConv: present(shapes, 'post_quant_conv'),
    // aMUSEd's, the only one without attention that was published, takes pixels as they are.
    pixelRange: attends ? [-1, 1] : [0, 1],
    groups: 32,
  };
}

function half(shapes: Shapes, part: 'encoder' | 'decoder', resampling: 'down' | 'up'): CodecLayer[] {
  const blocks = `${part}.${resampling}_blocks`;
  const names: LevelNames = {
    residual: (level, block) => `${blocks}.${level}.resnets.${block}`,
    attention: (level, block) => `${blocks}.${level}.attentions.${block}`,
    resample: (level) => `${blocks}.${level}.${resampling}samplers.0.conv`,
    shortcuts: ['conv_shortcut'],
    attentionParts: ATTENTIONS,
  };
  const attention = attentionLayer(shapes, names, `${part}.mid_block.attentions.0`);
  const middle = [
    residualLayer(shapes, names, `${part}.mid_block.resnets.0`),
    ...(attention ? [attention] : []),
    residualLayer(shapes, names, `${part}.mid_block.resnets.1`),
  ];
  const levels = levelLayers(shapes, names, levelsIn(shapes, names), resampling);
  return [
    { kind: 'convolution', name: `${part}.conv_in` },
    ...(resampling === 'down' ? [...levels, ...middle] : [...middle, ...levels]),
    { kind: 'norm', name: `${part}.conv_norm_out`, swish: true },
    { kind: 'convolution', name: `${part}.conv_out` },
  ];
}
