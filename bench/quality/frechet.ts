import { eigen, product, squareRoot } from './symmetric.ts';

/**
 * Fréchet distance of two sets of feature vectors, each taken as a normal distribution (Heusel et al. 2017, GANs
 * Trained by a Two Time-Scale Update Rule): |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)). Few vectors raise it, so only
 * distances of equally large sets compare.
 */
export function frechet(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const n = a[0]?.length ?? 0;
  const first = momentsOf(a, n);
  const second = momentsOf(b, n);
  let distance = 0;
  for (let i = 0; i < n; i++) {
    distance += (first.mean[i]! - second.mean[i]!) ** 2;
    distance += first.covariance[i * n + i]! + second.covariance[i * n + i]!;
  }
  // (C1 C2)^(1/2) has the trace of (C1^(1/2) C2 C1^(1/2))^(1/2), which is symmetric.
  const root = squareRoot(first.covariance, n);
  const { values } = eigen(product(product(root, second.covariance, n), root, n), n);
  for (const value of values) distance -= 2 * Math.sqrt(Math.max(0, value));
  return Math.max(0, distance);
}

function momentsOf(
  vectors: readonly Float32Array[],
  n: number,
): { mean: Float64Array; covariance: Float64Array } {
  const mean = new Float64Array(n);
  const covariance = new Float64Array(n * n);
  for (const vector of vectors) for (let i = 0; i < n; i++) mean[i]! += vector[i]! / vectors.length;
  const centred = new Float64Array(n);
  for (const vector of vectors) {
    for (let i = 0; i < n; i++) centred[i] = vector[i]! - mean[i]!;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++)
        covariance[i * n + j]! += (centred[i]! * centred[j]!) / Math.max(1, vectors.length - 1);
    }
  }
  return { mean, covariance };
}
