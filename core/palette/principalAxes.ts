import { FEATURES, type Features } from './swatchFeatures.ts';

const ROUNDS = 64; // of power iteration: far more than two axes that matter need

/** Where codes lie along the direction in which they differ most, and along the next one: two lists of [codes]. */
export function principalAxes({ codes, values }: Features): readonly [Float32Array, Float32Array] {
  const covariance = covarianceOf(codes, values);
  const first = strongest(covariance);
  deflate(covariance, first);
  return [along(codes, values, first), along(codes, values, strongest(covariance))];
}

/** [FEATURES, FEATURES], not divided by the number of codes: only directions are asked of it. */
function covarianceOf(codes: number, values: Float32Array): Float64Array {
  const mean = new Float64Array(FEATURES);
  for (let i = 0; i < values.length; i++) mean[i % FEATURES]! += values[i]! / codes;
  const covariance = new Float64Array(FEATURES * FEATURES);
  for (let at = 0; at < values.length; at += FEATURES) {
    for (let i = 0; i < FEATURES; i++) {
      for (let j = 0; j < FEATURES; j++) {
        covariance[i * FEATURES + j]! += (values[at + i]! - mean[i]!) * (values[at + j]! - mean[j]!);
      }
    }
  }
  return covariance;
}

/** The eigenvector of the largest eigenvalue, of length 1. */
function strongest(matrix: Float64Array): Float64Array {
  let vector = Float64Array.from({ length: FEATURES }, (_, i) => 1 / (i + 1)); // along no axis by chance
  for (let round = 0; round < ROUNDS; round++) {
    const next = times(matrix, vector);
    const length = Math.hypot(...next);
    if (length < 1e-12) break; // nothing differs
    vector = next.map((value) => value / length);
  }
  return vector;
}

/** Takes a direction out of a matrix. */
function deflate(matrix: Float64Array, vector: Float64Array): void {
  const product = times(matrix, vector);
  const strength = vector.reduce((sum, value, i) => sum + value * product[i]!, 0);
  for (let i = 0; i < FEATURES; i++) {
    for (let j = 0; j < FEATURES; j++) matrix[i * FEATURES + j]! -= strength * vector[i]! * vector[j]!;
  }
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < FEATURES; j++) sum += matrix[i * FEATURES + j]! * vector[j]!;
    return sum;
  });
}

function along(codes: number, values: Float32Array, vector: Float64Array): Float32Array {
  return Float32Array.from({ length: codes }, (_, code) => {
    let sum = 0;
    for (let f = 0; f < FEATURES; f++) sum += values[code * FEATURES + f]! * vector[f]!;
    return sum;
  });
}
