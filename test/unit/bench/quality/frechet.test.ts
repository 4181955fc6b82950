import { describe, expect, test } from 'vitest';
import { frechet } from '../../../../bench/quality/frechet.ts';
import { eigen, product, squareRoot } from '../../../../bench/quality/symmetric.ts';
import { stream } from '../../core/pixels/random.ts';

const N = 6;

function covariance(seed: number): Float64Array {
  const next = stream(seed);
  const factor = Float64Array.from({ length: N * N }, () => next() - 0.5);
  const transposed = factor.map((_, i) => factor[(i % N) * N + Math.floor(i / N)]!);
  return product(factor, transposed, N);
}

describe('symmetric matrices', () => {
  test('are put together again from their eigenvalues and axes', () => {
    const matrix = covariance(1);
    const { values, axes } = eigen(matrix, N);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) {
        let sum = 0;
        for (let k = 0; k < N; k++) sum += values[k]! * axes[i * N + k]! * axes[j * N + k]!;
        expect(sum).toBeCloseTo(matrix[i * N + j]!, 10);
      }
    }
  });

  test('have a square root whose square they are', () => {
    const matrix = covariance(2);
    const root = squareRoot(matrix, N);
    product(root, root, N).forEach((value, i) => {
      expect(value).toBeCloseTo(matrix[i]!, 10);
    });
  });
});

describe('the Fréchet distance', () => {
  const next = stream(5);
  const vectors = Array.from({ length: 400 }, () => Float32Array.from({ length: 3 }, () => next()));

  test('of a set to itself in another order is nothing', () => {
    expect(frechet(vectors, [...vectors].reverse())).toBeCloseTo(0, 6);
  });

  test('of a set to the same set moved is the squared way', () => {
    const moved = vectors.map((vector) => vector.map((value, i) => value + (i === 1 ? 2 : 0)));
    expect(frechet(vectors, moved)).toBeCloseTo(4, 4);
  });

  test('of a set to the same set scaled about its mean is what the spreads differ', () => {
    const mean = [0, 1, 2].map((i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0) / vectors.length);
    const scaled = vectors.map((vector) => vector.map((value, i) => mean[i]! + 3 * (value - mean[i]!)));
    let variance = 0;
    for (const vector of vectors) vector.forEach((value, i) => (variance += (value - mean[i]!) ** 2 / 399));
    expect(frechet(vectors, scaled)).toBeCloseTo(4 * variance, 4); // (3 - 1)^2 times the variance
  });
});
