import { halfFloats } from './halfFloats.ts';
import {
  elementTypes,
  ORT,
  type Attribute,
  type ElementType,
  type Graph,
  type GraphNode,
  type GraphValue,
  type Initialiser,
} from './graph.ts';

/** How weights are stored: as float32, or as float16 that the runtime turns into float32 when it loads the model. */
export type Storage = 'float32' | 'float16';

/** Takes the bytes of constants as they come, and says where they lie: a file of weights, or the model itself. */
export interface WeightStore {
  append(bytes: Uint8Array): Promise<Initialiser['data']>;
}

type Attributes = Readonly<Record<string, Attribute>>;

/** Smaller constants are worth no page of the file of weights, bytes. */
const SMALL = 1024;

/**
 * A graph that is written node by node: each call adds one and names its output. Weights go to their store, such as a
 * file beside the model, as they come, so that no more than one is in memory.
 */
export class GraphWriter {
  readonly #name: string;
  readonly #store: WeightStore;
  readonly #storage: Storage;
  readonly #inputs: GraphValue[] = [];
  readonly #outputs: GraphValue[] = [];
  readonly #nodes: GraphNode[] = [];
  readonly #initialisers: Initialiser[] = [];
  readonly #known = new Map<string, string>(); // small constants by what they hold
  #count = 0;

  constructor(name: string, store: WeightStore, storage: Storage) {
    this.#name = name;
    this.#store = store;
    this.#storage = storage;
  }

  input(name: string, type: ElementType, shape: GraphValue['shape']): string {
    this.#inputs.push({ name, type, shape });
    return name;
  }

  /** Gives a value out under a name. */
  output(value: string, name: string, type: ElementType, shape: GraphValue['shape']): void {
    this.#nodes.push({ operator: 'Identity', inputs: [value], outputs: [name], attributes: {} });
    this.#outputs.push({ name, type, shape });
  }

  /** Adds a node of the standard operators with one output. */
  node(operator: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.nodes(operator, 1, inputs, attributes)[0]!;
  }

  /** Adds a node with several outputs. */
  nodes(operator: string, count: number, inputs: readonly string[], attributes: Attributes = {}): string[] {
    const outputs = Array.from({ length: count }, () => this.#fresh(operator));
    this.#nodes.push({ operator, inputs, outputs, attributes });
    return outputs;
  }

  /** Adds a node of onnxruntime's own operators. */
  ortNode(operator: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const output = this.#fresh(operator);
    this.#nodes.push({ operator, inputs, outputs: [output], attributes, domain: ORT });
    return output;
  }

  /** Whole numbers, such as the sizes that operators take; a list, or one without dimensions. */
  ints(values: number | readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    const bytes = new Uint8Array(BigInt64Array.from(list, BigInt).buffer);
    return this.#small('int64', typeof values === 'number' ? [] : [list.length], bytes);
  }

  /** Numbers of float32 that are no weights; a list, or one without dimensions. */
  floats(values: number | readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    const bytes = new Uint8Array(Float32Array.from(list).buffer);
    return this.#small('float32', typeof values === 'number' ? [] : [list.length], bytes);
  }

  /** A weight of the model, row-major; stored as the writer was told, if its numbers allow it. */
  async weight(values: Float32Array, shape: readonly number[], storage = this.#storage): Promise<string> {
    const halves = storage === 'float16' && values.length > 1 ? halfFloats(values) : null;
    if (!halves) return this.#constant('float32', shape, bytesOf(values));
    const stored = await this.#constant('float16', shape, bytesOf(halves));
    return this.node('Cast', [stored], { to: { int: elementTypes.float32 } });
  }

  /** Weights of 8 bits. */
  integers(values: Int8Array, shape: readonly number[]): Promise<string> {
    return this.#constant('int8', shape, bytesOf(values));
  }

  finish(): Graph {
    return {
      name: this.#name,
      inputs: this.#inputs,
      outputs: this.#outputs,
      initialisers: this.#initialisers,
      nodes: this.#nodes,
    };
  }

  async #constant(type: ElementType, shape: readonly number[], bytes: Uint8Array): Promise<string> {
    if (bytes.length <= SMALL) return this.#small(type, shape, bytes);
    const name = this.#fresh('weight');
    this.#initialisers.push({ name, type, shape, data: await this.#store.append(bytes) });
    return name;
  }

  #small(type: ElementType, shape: readonly number[], data: Uint8Array): string {
    const key = `${type} ${shape.join()} ${Buffer.from(data).toString('latin1')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#fresh('constant');
    this.#initialisers.push({ name, type, shape, data });
    this.#known.set(key, name);
    return name;
  }

  #fresh(stem: string): string {
    this.#count++;
    return `${stem}_${this.#count}`;
  }
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
