/** A symmetric matrix's eigenvalues and, in the columns of `axes`, its unit eigenvectors. Row-major [n * n]. */
export interface Eigen {
  readonly values: Float64Array; // [n]
  readonly axes: Float64Array; // [n * n]
}

const SWEEPS = 30;

/** Jacobi's method: plane rotations that make the off-diagonal vanish (Golub & Van Loan, Matrix Computations, 8.5). */
export function eigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  const axes = new Float64Array(n * n);
  for (let i = 0; i < n; i++) axes[i * n + i] = 1;
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a, n) > 1e-22 * energy(a); sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, axes, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), axes };
}

function rotate(a: Float64Array, axes: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < n; k++) mix(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) mix(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) mix(axes, k * n + p, k * n + q, c, s);
}

function mix(a: Float64Array, i: number, j: number, c: number, s: number): void {
  const x = a[i]!;
  const y = a[j]!;
  a[i] = c * x - s * y;
  a[j] = s * x + c * y;
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) sum += a[i * n + j]! ** 2;
  return sum;
}

function energy(a: Float64Array): number {
  return a.reduce((sum, value) => sum + value * value, 0);
}

/** The symmetric square root of a covariance; eigenvalues that rounding made negative count as 0. */
export function squareRoot(matrix: Float64Array, n: number): Float64Array {
  const { values, axes } = eigen(matrix, n);
  const root = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const length = Math.sqrt(Math.max(0, values[k]!));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) root[i * n + j]! += length * axes[i * n + k]! * axes[j * n + k]!;
    }
  }
  return root;
}

/** a b, both [n * n]. */
export function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) result[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
    }
  }
  return result;
}
