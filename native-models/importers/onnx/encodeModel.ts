import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  elementTypes,
  ORT,
  type Attribute,
  type Graph,
  type GraphNode,
  type GraphValue,
  type Initialiser,
} from './graph.ts';

/** The operator set: 20 brought Gelu and is the oldest that has all that importers use. */
const operatorSet = 20;
/** The version of the format that goes with the operator set. */
const formatVersion = 9;

/** `AttributeProto.AttributeType`. */
const attributeTypes = { float: 1, int: 2, text: 3, ints: 7 } as const;
/** `TensorProto.DataLocation`: the bytes lie in a file beside the model. */
const external = 1;

/**
 * The bytes of an ONNX model (`ModelProto`, onnx/onnx.proto) that holds this graph.
 *
 * Constants with bytes are held within; the format allows 2 GiB for a whole model, so large ones name a file.
 */
export function encodeModel(graph: Graph): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  integer(writer, 1, formatVersion);
  writer.tag(2, WireType.LengthDelimited).string('tessera');
  message(writer, 7, () => {
    writeGraph(writer, graph);
  });
  operators(writer, '', operatorSet);
  if (graph.nodes.some(({ domain }) => domain === ORT)) operators(writer, ORT, 1);
  return writer.finish();
}

function operators(writer: BinaryWriter, domain: string, version: number): void {
  message(writer, 8, () => {
    text(writer, 1, domain);
    integer(writer, 2, version);
  });
}

function writeGraph(writer: BinaryWriter, graph: Graph): void {
  for (const node of graph.nodes)
    message(writer, 1, () => {
      writeNode(writer, node);
    });
  text(writer, 2, graph.name);
  for (const constant of graph.initialisers)
    message(writer, 5, () => {
      writeInitialiser(writer, constant);
    });
  for (const value of graph.inputs)
    message(writer, 11, () => {
      writeValue(writer, value);
    });
  for (const value of graph.outputs)
    message(writer, 12, () => {
      writeValue(writer, value);
    });
}

function writeNode(writer: BinaryWriter, node: GraphNode): void {
  for (const name of node.inputs) text(writer, 1, name);
  for (const name of node.outputs) text(writer, 2, name);
  text(writer, 3, node.outputs[0] ?? node.operator);
  text(writer, 4, node.operator);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    message(writer, 5, () => {
      writeAttribute(writer, name, attribute);
    });
  }
  if (node.domain !== undefined) text(writer, 7, node.domain);
}

function writeAttribute(writer: BinaryWriter, name: string, attribute: Attribute): void {
  text(writer, 1, name);
  if ('float' in attribute) {
    writer.tag(2, WireType.Bit32).float(attribute.float);
    integer(writer, 20, attributeTypes.float);
  } else if ('int' in attribute) {
    integer(writer, 3, attribute.int);
    integer(writer, 20, attributeTypes.int);
  } else if ('text' in attribute) {
    text(writer, 4, attribute.text);
    integer(writer, 20, attributeTypes.text);
  } else {
    for (const value of attribute.ints) integer(writer, 8, value);
    integer(writer, 20, attributeTypes.ints);
  }
}

function writeInitialiser(writer: BinaryWriter, constant: Initialiser): void {
  for (const size of constant.shape) integer(writer, 1, size);
  integer(writer, 2, elementTypes[constant.type]);
  text(writer, 8, constant.name);
  const { data } = constant;
  if (data instanceof Uint8Array) {
    writer.tag(9, WireType.LengthDelimited).bytes(data);
    return;
  }
  const place = { location: data.file, offset: String(data.offset), length: String(data.length) };
  for (const [key, value] of Object.entries(place)) {
    message(writer, 13, () => {
      text(writer, 1, key);
      text(writer, 2, value);
    });
  }
  integer(writer, 14, external);
}

function writeValue(writer: BinaryWriter, value: GraphValue): void {
  text(writer, 1, value.name);
  // TypeProto.tensor_type, then its shape: one message for each dimension.
  const dimension = (size: number | string) => {
    if (typeof size === 'number') integer(writer, 1, size);
    else text(writer, 2, size);
  };
  message(writer, 2, () => {
    message(writer, 1, () => {
      integer(writer, 1, elementTypes[value.type]);
      message(writer, 2, () => {
        for (const size of value.shape)
          message(writer, 1, () => {
            dimension(size);
          });
      });
    });
  });
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}
