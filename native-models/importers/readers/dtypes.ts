import type { TensorDtype } from '../tensor.ts';

/** Bytes of one element. */
export const ELEMENT_BYTES: Readonly<Record<TensorDtype, number>> = {
  float64: 8,
  int64: 8,
  float32: 4,
  int32: 4,
  float16: 2,
  bfloat16: 2,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

export function isInteger(dtype: TensorDtype): boolean {
  return !dtype.includes('float');
}

/** How the element at a place (in elements) is read. */
type Element<T> = (view: DataView, index: number) => T;

/** Readers of elements as numbers that a float32 then rounds. */
export function numberReader(dtype: TensorDtype, little: boolean): Element<number> {
  switch (dtype) {
    case 'float32':
      return (view, i) => view.getFloat32(i * 4, little);
    case 'float64':
      return (view, i) => view.getFloat64(i * 8, little);
    case 'float16':
      return (view, i) => halfToNumber(view.getUint16(i * 2, little));
    case 'bfloat16':
      return bfloat16Reader(little);
    default: {
      const integer = integerReader(dtype, little);
      return (view, i) => Number(integer(view, i));
    }
  }
}

/** Readers of elements that are whole numbers; those of fractions do not come here. */
export function integerReader(dtype: TensorDtype, little: boolean): Element<bigint | number> {
  switch (dtype) {
    case 'int64':
      return (view, i) => view.getBigInt64(i * 8, little);
    case 'int32':
      return (view, i) => view.getInt32(i * 4, little);
    case 'int16':
      return (view, i) => view.getInt16(i * 2, little);
    case 'int8':
      return (view, i) => view.getInt8(i);
    case 'bool':
      return (view, i) => (view.getUint8(i) === 0 ? 0 : 1);
    default:
      return (view, i) => view.getUint8(i);
  }
}

/** A bfloat16 is the upper half of a float32. */
function bfloat16Reader(little: boolean): Element<number> {
  const word = new DataView(new ArrayBuffer(4));
  return (view, i) => {
    word.setUint32(0, view.getUint16(i * 2, little) << 16);
    return word.getFloat32(0);
  };
}

/** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
