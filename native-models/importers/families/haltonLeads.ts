import type { GraphWriter } from '../onnx/graphWriter.ts';
import { joined } from '../transformer/blocks.ts';
import { linear } from '../transformer/layers.ts';
import type { PartWeights } from '../weights.ts';

/** What a class does to a transformer: vectors that norms and sums are scaled and moved by. */
export interface Leads {
  /** How many times each window runs: once for each class that is a constant, and once where the class is told. */
  readonly count: number; // C
  /**
   * W y + b in parts, for what is [C, n, width], or [B, n, width] where the class is told.
   *
   * @param windowsOf gives the window of each of M cells, for what is [C, M, width]
   */
  parts(name: string, count: number, windowsOf?: () => string): Promise<readonly Lead[]>;
}

/** A vector that leads. */
export interface Lead {
  value(): Promise<string>;
  /** weight (1 + v) */
  scaling(weight: Float32Array): Promise<string>;
  /** v + bias (1 + scale) */
  moving(bias: Float32Array | null, scale: Lead): Promise<string>;
}

/** Of classes that are chosen when the graph is written, so that all that follows from them is a constant. */
export async function chosenClasses(
  graph: GraphWriter,
  weights: PartWeights,
  classes: readonly number[],
): Promise<Leads> {
  const [rows = 0, width = 0] = weights.shape('cls_emb.weight');
  const table = await weights.read('cls_emb.weight', [rows, width]);
  const led = classes.map((row) =>
    table.slice(row * width, (row + 1) * width).map((value) => value / (1 + Math.exp(-value))),
  );
  /** One vector of each class, as it is multiplied with or added to [C, n, width]. */
  const constant = (values: readonly Float32Array[]): Promise<string> =>
    led.length === 1
      ? graph.weight(values[0]!, [width], 'float32')
      : graph.weight(joined(values), [led.length, 1, width], 'float32');
  const known = new WeakMap<Lead, readonly Float32Array[]>();
  const leadOf = (values: readonly Float32Array[]): Lead => {
    const lead: Lead = {
      value: () => constant(values),
      scaling: (weight) => constant(values.map((one) => one.map((value, i) => weight[i]! * (1 + value)))),
      moving: (bias, scale) =>
        constant(
          values.map((one, c) =>
            one.map((value, i) => value + (bias ? bias[i]! * (1 + known.get(scale)![c]![i]!) : 0)),
          ),
        ),
    };
    known.set(lead, values);
    return lead;
  };
  return {
    count: led.length,
    async parts(name, count) {
      const matrix = await weights.read(`${name}.weight`, [count * width, width]);
      const bias = await weights.read(`${name}.bias`, [count * width]);
      const products = led.map((y) =>
        bias.map((start, row) => {
          let sum = start;
          for (let i = 0; i < width; i++) sum += matrix[row * width + i]! * y[i]!;
          return sum;
        }),
      );
      return Array.from({ length: count }, (_, part) =>
        leadOf(products.map((product) => product.subarray(part * width, (part + 1) * width))),
      );
    },
  };
}

/** Of a class that the graph is told for each window, class[B]. */
export async function toldClass(graph: GraphWriter, weights: PartWeights): Promise<Leads> {
  const [rows = 0, width = 0] = weights.shape('cls_emb.weight');
  const table = await graph.weight(await weights.read('cls_emb.weight'), [rows, width]);
  const chosen = graph.node('Gather', [table, graph.input('class', 'int64', ['B'])]);
  const y = graph.node('Mul', [chosen, graph.node('Sigmoid', [chosen])]); // [B, width]
  const plusOne = (value: string): string => graph.node('Add', [value, graph.floats(1)]);
  const weightOf = (values: Float32Array): Promise<string> => graph.weight(values, [width], 'float32');
  const known = new WeakMap<Lead, string>();
  const leadOf = (vector: string): Lead => {
    const lead: Lead = {
      value: () => Promise.resolve(vector),
      scaling: async (weight) => graph.node('Mul', [plusOne(vector), await weightOf(weight)]),
      moving: async (bias, scale) =>
        bias
          ? graph.node('Add', [vector, graph.node('Mul', [plusOne(known.get(scale)!), await weightOf(bias)])])
          : vector,
    };
    known.set(lead, vector);
    return lead;
  };
  return {
    count: 1,
    async parts(name, count, windowsOf) {
      const all = await linear(
        graph,
        y,
        await weights.read(`${name}.weight`),
        [count * width, width],
        await weights.read(`${name}.bias`, [count * width]),
        'float',
      );
      const apart =
        windowsOf === undefined
          ? graph.node('Unsqueeze', [all, graph.ints([1])]) // [B, 1, count width]
          : graph.node('Unsqueeze', [graph.node('Gather', [all, windowsOf()]), graph.ints([0])]); // [1, M, count width]
      const split = { axis: { int: -1 }, num_outputs: { int: count } };
      return graph.nodes('Split', count, [apart], split).map(leadOf);
    },
  };
}
