/** What a tensor holds; the numbers are those of `TensorProto.DataType` in the ONNX format. */
export const elementTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
} as const;

export type ElementType = keyof typeof elementTypes;

/** The domain of onnxruntime's own operators, which every build of it has. */
export const ORT = 'com.microsoft';

/** An attribute of a node: a string, a list of whole numbers, or one number of the kind that the operator wants. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] };

export interface GraphNode {
  readonly operator: string;
  /** Names of values; an empty name leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Whose operator it is; the standard's where absent. */
  readonly domain?: typeof ORT;
}

/** An input or output of a graph; a dimension is a size or the name of a free one. */
export interface GraphValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

/** A constant of a graph: its bytes little-endian and row-major, or where they lie in a file beside the model. */
export interface Initialiser {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: Uint8Array | { readonly file: string; readonly offset: number; readonly length: number };
}

export interface Graph {
  readonly name: string;
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly initialisers: readonly Initialiser[];
  /** In an order in which they can run. */
  readonly nodes: readonly GraphNode[];
}
