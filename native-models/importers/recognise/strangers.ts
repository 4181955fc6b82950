import { type Shapes, Useless } from './piece.ts';

const FAMILIAR: readonly (readonly [RegExp, string])[] = [
  [
    /(^|\.)model\.diffusion_model\./,
    'is a diffusion model of latents such as Stable Diffusion, which has no tokens',
  ],
  [/(^|\.)exp_avg(_sq)?$/, 'holds the state of an optimizer, which is of use in training only'],
  [/lora_(down|up|A|B)\b/, 'is a LoRA, a change to another model'],
  [
    /(^|\.)_?flat_param(_\d+)?$/,
    'holds the joined weights of FSDP, which must be saved as a full state_dict',
  ],
  [/^(.*\.)?content_emb\.emb\.weight$/, 'is a variant of VQ-Diffusion that Tessera does not know'],
  [
    /(^|\.)transformer\.h\.|(^|\.)blocks\.0\.attn\.mask$/,
    'is an autoregressive transformer, which cannot fill holes',
  ],
];

const DISCRIMINATOR = /^disc\.|discriminator/;

/** What people have at hand besides the models that are known, so that they are told what it is; null for anything else. */
export function familiarIn(shapes: Shapes): Useless | null {
  for (const [name, why] of FAMILIAR) {
    for (const key of shapes.keys()) if (name.test(key)) return new Useless(why);
  }
  const judges = [...shapes.keys()].filter((name) => DISCRIMINATOR.test(name)).length;
  if (2 * judges <= shapes.size) return null; // one lies beside the weights of many models
  return new Useless('holds a discriminator, which is of use in training only');
}
