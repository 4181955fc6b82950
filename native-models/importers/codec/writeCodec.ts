import type { GraphWriter } from '../onnx/graphWriter.ts';
import type { PartWeights } from '../weights.ts';
import { transposed } from '../transformer/matrices.ts';
import { convolution, writeLayers } from './layers.ts';
import type { CodecPlan } from './plan.ts';

const SHORTEST = 1e-12; // a vector of this length and less has no direction

/**
 * Writes image[B, 3, H, W] -> ids[B, h, w] and distance[B, h, w] to the chosen code (of a projection there is none).
 *
 * @throws TesseraError 'input' if the checkpoint lacks a tensor or has one of another shape
 */
export async function writeEncoder(graph: GraphWriter, plan: CodecPlan, weights: PartWeights): Promise<void> {
  const writer = { graph, weights, groups: plan.groups };
  const image = graph.input('image', 'float32', ['B', 3, 'H', 'W']);
  const features = await writeLayers(writer, image, plan.encoder);
  const z = plan.quantConv === null ? features : await convolution(writer, features, plan.quantConv);
  const { lookup } = plan;
  if (lookup.kind === 'projection') {
    const scores = await convolution(writer, z, lookup.projection); // [B, K, h, w]
    const ids = graph.node('ArgMax', [scores], { axis: { int: 1 }, keepdims: { int: 0 } });
    graph.output(ownCodes(graph, plan, ids), 'ids', 'int64', GRID);
    return;
  }
  const places = graph.node('Transpose', [z], { perm: { ints: [0, 2, 3, 1] } }); // [B, h, w, D]
  const [codes = 0, dim = 0] = weights.shape(lookup.codebook);
  const vectors = directed(await weights.read(lookup.codebook), dim, lookup.kind === 'direction');
  const from = lookup.kind === 'direction' ? unit(graph, places) : places;
  const squares = new Float32Array(codes);
  for (let code = 0; code < codes; code++) {
    for (let i = 0; i < dim; i++) squares[code]! += vectors[code * dim + i]! ** 2;
  }
  // (|z|^2 + |e|^2) - 2 z e, in the order in which all families add: of codes that are equally near to the last digit the
  // same one must win.
  const axis = graph.ints([-1]);
  const length = graph.node('ReduceSumSquare', [from, axis], { keepdims: { int: 1 } });
  const table = await graph.weight(transposed(vectors, codes, dim), [dim, codes], 'float32');
  const sums = graph.node('Add', [length, await graph.weight(squares, [codes], 'float32')]);
  const products = graph.node('Mul', [graph.floats(2), graph.node('MatMul', [from, table])]);
  const far = graph.node('Sub', [sums, products]); // [B, h, w, K]
  const ids = graph.node('ArgMin', [far], { axis: { int: -1 }, keepdims: { int: 0 } });
  graph.output(ownCodes(graph, plan, ids), 'ids', 'int64', GRID);
  const least = graph.node('ReduceMin', [far, axis], { keepdims: { int: 0 } });
  const distance = graph.node('Sqrt', [graph.node('Max', [least, graph.floats(0)])]);
  graph.output(distance, 'distance', 'float32', GRID);
}

const GRID = ['B', 'h', 'w'] as const;

/** The denoiser's codes for those of the codebook. */
function ownCodes(graph: GraphWriter, { chosen }: CodecPlan, ids: string): string {
  return chosen ? graph.node('Gather', [graph.ints([...chosen.own]), ids]) : ids;
}

/** Writes ids[B, h, w] -> image[B, 3, H, W]; what overshoots the range of pixels is left to the reader. */
export async function writeDecoder(graph: GraphWriter, plan: CodecPlan, weights: PartWeights): Promise<void> {
  const writer = { graph, weights, groups: plan.groups };
  const ids = graph.input('ids', 'int64', GRID);
  const { codebook, kind } = plan.lookup;
  const shape = weights.shape(codebook);
  const vectors = directed(await weights.read(codebook), shape[1] ?? 0, kind === 'direction');
  const table = await graph.weight(vectors, shape, 'float32');
  const codes = plan.chosen ? graph.node('Gather', [graph.ints([...plan.chosen.full]), ids]) : ids;
  const chosen = graph.node('Gather', [table, codes]); // [B, h, w, D]
  const z = graph.node('Transpose', [chosen], { perm: { ints: [0, 3, 1, 2] } });
  const first = plan.postQuantConv === null ? z : await convolution(writer, z, plan.postQuantConv);
  const image = await writeLayers(writer, first, plan.decoder);
  graph.output(image, 'image', 'float32', ['B', 3, 'H', 'W']);
}

/** Vectors [N, dim], each at length 1 where only directions count. */
function directed(vectors: Float32Array, dim: number, direction: boolean): Float32Array {
  if (!direction) return vectors;
  const out = new Float32Array(vectors.length);
  for (let start = 0; start < vectors.length; start += dim) {
    const vector = vectors.subarray(start, start + dim);
    const length = Math.max(Math.hypot(...vector), SHORTEST);
    for (let i = 0; i < dim; i++) out[start + i] = vector[i]! / length;
  }
  return out;
}

/** Vectors along the last axis at length 1. */
function unit(graph: GraphWriter, x: string): string {
  const length = graph.node('ReduceL2', [x, graph.ints([-1])], { keepdims: { int: 1 } });
  return graph.node('Div', [x, graph.node('Max', [length, graph.floats(SHORTEST)])]);
}
