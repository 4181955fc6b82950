import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a safetensors file of zeros with these names and shapes. */
export function writeWeights(file: string, shapes: Readonly<Record<string, readonly number[]>>): string {
  let end = 0;
  const header: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const start = end;
    end += shape.reduce((product, size) => product * size, 1);
    header[name] = { dtype: 'U8', shape, data_offsets: [start, end] };
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, Buffer.concat([length, json, Buffer.alloc(end)]));
  return file;
}

/** A sampler of Unleashing Transformers of 8 codes on 4 x 4 tokens. */
export const UT_SAMPLER = {
  '_denoise_fn.tok_emb.weight': [9, 4],
  '_denoise_fn.pos_emb': [1, 16, 4],
  '_denoise_fn.head.weight': [8, 4],
};

/** Its tokenizer: two levels, so 2 px a token. */
export const UT_TOKENIZER = {
  'ae.encoder.blocks.0.weight': [4, 3, 3, 3],
  'ae.encoder.blocks.2.conv.weight': [4, 4, 3, 3],
  'ae.quantize.embedding.weight': [8, 4],
  'ae.generator.blocks.0.weight': [4, 4, 3, 3],
};

/** A tokenizer of Taming Transformers of 16 codes, under a prefix as other checkpoints have it. */
export function tamingTokenizer(prefix = ''): Record<string, readonly number[]> {
  const names = {
    'encoder.conv_in.weight': [4, 3, 3, 3],
    'encoder.down.0.block.0.conv1.weight': [4, 4, 3, 3],
    'encoder.down.0.block.0.conv1.bias': [4],
    'encoder.down.1.block.0.conv1.weight': [4, 4, 3, 3],
    'encoder.down.2.block.0.conv1.weight': [4, 4, 3, 3],
    'quantize.embedding.weight': [16, 4],
    'loss.discriminator.main.0.weight': [100, 100],
  };
  return Object.fromEntries(Object.entries(names).map(([name, shape]) => [prefix + name, shape]));
}
