import { closeSync, openSync, writeSync } from 'node:fs';
import { createRng } from '../../core/base/rng.ts';
import type { Shapes } from './shapes.ts';

/**
 * Writes a safetensors file of float32 with these tensors and random numbers, tensor by tensor: norms near 1, biases 0, the
 * others uniform and so wide that the size of what passes through stays.
 *
 * @returns the file
 */
export function writeRandom(file: string, shapes: Shapes): string {
  let end = 0;
  const header: Record<string, unknown> = {};
  for (const [name, shape] of shapes) {
    const start = end;
    end += 4 * sizeOf(shape);
    header[name] = { dtype: 'F32', shape, data_offsets: [start, end] };
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const out = openSync(file, 'w');
  const rng = createRng(1);
  writeSync(out, length);
  writeSync(out, json);
  for (const [name, shape] of shapes) {
    const values = new Float32Array(sizeOf(shape));
    if (shape.length > 1) {
      const wide = Math.sqrt(3 / (name.includes('emb') ? 1 : sizeOf(shape.slice(1))));
      for (let i = 0; i < values.length; i++) values[i] = wide * (2 * rng.uniform() - 1);
    } else values.fill(name.endsWith('weight') ? 1 : 0);
    writeSync(out, new Uint8Array(values.buffer));
  }
  closeSync(out);
  return file;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
