import type { InferenceSession } from '../../../../native-models/runtime/onnxruntime.ts';
import { describe, expect, it } from 'vitest';
import {
  checkContract,
  type ModelContract,
  type Signature,
} from '../../../../native-models/runtime/contract.ts';

const contract: ModelContract = {
  inputs: [
    { name: 'image', type: 'float32', shape: ['free', 3, 'free', 'free'] },
    { name: 'extra', type: 'int64', shape: ['free'], optional: true },
  ],
  outputs: [{ name: 'logits', type: 'float32', shape: { last: 8 } }],
};

function tensor(
  name: string,
  type: InferenceSession.TensorValueMetadata['type'],
  shape: (number | string)[],
): InferenceSession.ValueMetadata {
  return { name, isTensor: true, type, shape };
}

const image = tensor('image', 'float32', ['B', 3, 'H', '']);
const logits = tensor('logits', 'float32', ['B', 'N', 8]);

function problem(inputs: InferenceSession.ValueMetadata[], outputs = [logits]): string {
  const signature: Signature = { inputMetadata: inputs, outputMetadata: outputs };
  try {
    checkContract('m.onnx of the package p', signature, contract);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('checkContract', () => {
  it('accepts what fits: optional inputs, further outputs, ranks and sizes that the graph leaves open', () => {
    expect(problem([image])).toBe('none');
    expect(problem([image, tensor('extra', 'int64', ['M'])])).toBe('none');
    expect(problem([image], [logits, tensor('debug', 'bool', [1])])).toBe('none');
    expect(problem([image], [tensor('logits', 'float32', ['M', 'K'])])).toBe('none');
    expect(problem([image], [tensor('logits', 'float32', [])])).toBe('none');
  });

  it.each([
    ['a missing input', [], [logits], 'it has no input "image"'],
    ['a missing output', [image], [], 'it has no output "logits"'],
    [
      'a type',
      [tensor('image', 'uint8', ['B', 3, 'H', 'W'])],
      [logits],
      'its input "image" is uint8 [B, 3, H, W] where float32 [free, 3, free, free] is expected',
    ],
    [
      'a rank',
      [tensor('image', 'float32', [3, 'H', 'W'])],
      [logits],
      'its input "image" is float32 [3, H, W] where float32 [free, 3, free, free] is expected',
    ],
    [
      'a fixed size',
      [tensor('image', 'float32', ['B', 3, 256, 256])],
      [logits],
      'its input "image" is float32 [B, 3, 256, 256] where float32 [free, 3, free, free] is expected',
    ],
    [
      'another codebook',
      [image],
      [tensor('logits', 'float32', ['M', 16])],
      'its output "logits" is float32 [M, 16] where float32 […, 8] is expected',
    ],
    [
      'an unknown input',
      [image, tensor('t', 'int64', ['B'])],
      [logits],
      'it wants an input "t" that this version of Tessera does not know',
    ],
  ])('names %s', (_, inputs, outputs, expected) => {
    expect(problem(inputs, outputs)).toBe(`m.onnx of the package p does not fit its manifest: ${expected}.`);
  });
});
