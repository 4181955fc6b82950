import { openCheckpoint } from '../../../native-models/importers/readers/openCheckpoint.ts';
import type { TensorInfo } from '../../../native-models/importers/tensor.ts';
import type { Context } from '../shared/context.ts';
import type { ReportFields } from '../shared/report.ts';
import { count, table } from '../shared/text.ts';

/** Tells what a checkpoint of PyTorch or safetensors holds. Nothing in the file is run, and no weight is read. */
export async function inspect({ reporter }: Context, file: string): Promise<ReportFields> {
  const checkpoint = await openCheckpoint(file);
  try {
    const tensors = [...checkpoint.tensors.values()];
    const values = tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    if (tensors.length > 0) reporter.say(table(tensors.map(lineOf)));
    reporter.say(`${count(tensors.length, 'tensor')}, ${values.toLocaleString('en')} values`);
    return { input: file, values, tensors, extras: Object.fromEntries(checkpoint.extras) };
  } finally {
    await checkpoint.close();
  }
}

function lineOf({ name, dtype, shape }: TensorInfo): readonly [string, string] {
  return [name, `${dtype} ${shape.length === 0 ? 'scalar' : shape.join(' x ')}`];
}
