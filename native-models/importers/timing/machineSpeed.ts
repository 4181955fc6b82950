import { now } from '../../../core/base/host.ts';
import { Tensor } from '../../runtime/onnxruntime.ts';
import { sessionFactory } from '../../runtime/sessions.ts';
import { writeLayers } from '../codec/layers.ts';
import { encodeModel } from '../onnx/encodeModel.ts';
import { GraphWriter } from '../onnx/graphWriter.ts';
import { block, product } from '../transformer/blocks.ts';
import type { Arithmetic } from '../transformer/layers.ts';
import type { PartWeights } from '../weights.ts';

const WIDTH = 512; // of the block that is tried
const HEAD = 64;
const INNER = 4; // times as wide
const CHANNELS = 128; // of the convolutions
const SIDE = 64; // px
const RUNS = 3;

/** Numbers of a block's products. */
const BLOCK_VALUES = (4 + 2 * INNER) * WIDTH ** 2;

const known = new Map<string, Promise<number>>();

/**
 * Multiplications per ms of a transformer block over so many cells here, by trying: those of its products, so that what
 * its attention takes counts in their time. Tried once.
 */
export function blockSpeed(cells: number, arithmetic: Arithmetic): Promise<number> {
  return once(`block ${cells} ${arithmetic}`, async () => {
    const graph = new GraphWriter('block', inModel, 'float32');
    const x = graph.input('x', 'float32', [1, cells, WIDTH]);
    const names = {
      norms: ['norm1', 'norm2'],
      seen: ['query', 'key', 'value'].map(product),
      out: product('out'),
      inner: [product('first'), product('second')],
    } as const;
    const writer = { graph, weights: blockWeights, arithmetic };
    const y = await block(writer, x, names, { heads: WIDTH / HEAD, epsilon: 1e-5 });
    graph.output(y, 'y', 'float32', [1, cells, WIDTH]);
    return (BLOCK_VALUES * cells) / (await timeOf(graph, [1, cells, WIDTH]));
  });
}

/** Multiplications per ms of a block of convolutions here, by trying. Tried once. */
export function convolutionSpeed(): Promise<number> {
  return once('convolution', async () => {
    const graph = new GraphWriter('convolution', inModel, 'float32');
    const shape = [1, CHANNELS, SIDE, SIDE];
    const x = graph.input('x', 'float32', shape);
    const layer = {
      kind: 'residual',
      ...{ norm1: 'norm', conv1: 'conv', norm2: 'norm', conv2: 'conv' },
      shortcut: null,
      shortcutOf: 'input',
    } as const;
    const y = await writeLayers({ graph, weights: convolutionWeights, groups: 32 }, x, [layer]);
    graph.output(y, 'y', 'float32', shape);
    return (2 * 9 * CHANNELS ** 2 * SIDE ** 2) / (await timeOf(graph, shape));
  });
}

function once(what: string, measure: () => Promise<number>): Promise<number> {
  const measured = known.get(what) ?? measure();
  known.set(what, measured);
  measured.catch(() => known.delete(what));
  return measured;
}

/** Constants stay in the model, which is never written. */
const inModel = { append: (bytes: Uint8Array) => Promise.resolve(bytes) };

const blockWeights = constantWeights((name) => {
  const [part = '', kind] = name.split('.');
  const out = part === 'first' ? INNER * WIDTH : WIDTH;
  if (kind === 'bias' || part.startsWith('norm')) return [out];
  return [out, part === 'second' ? INNER * WIDTH : WIDTH];
});

const convolutionWeights = constantWeights((name) =>
  name === 'conv.weight' ? [CHANNELS, CHANNELS, 3, 3] : [CHANNELS],
);

/** Weights that are all one small number: how long a product takes does not depend on them. */
function constantWeights(shape: (name: string) => readonly number[]): PartWeights {
  return {
    has: () => true,
    shape,
    read: (name) => Promise.resolve(new Float32Array(shape(name).reduce((a, b) => a * b, 1)).fill(0.01)),
  };
}

/** The least of some runs after a first one, ms. */
async function timeOf(graph: GraphWriter, shape: readonly number[]): Promise<number> {
  const session = await sessionFactory({ provider: 'cpu' }).create(encodeModel(graph.finish()), 'The probe');
  try {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5);
    const feeds = { x: new Tensor('float32', values, shape) };
    let least = Infinity;
    for (let run = 0; run <= RUNS; run++) {
      const started = now();
      await session.run(feeds);
      if (run > 0) least = Math.min(least, now() - started);
    }
    return least;
  } finally {
    await session.release();
  }
}
