/**
 * Pearson's chi-square test. Seeds are fixed, so a test either always passes or never does; P_THRESHOLD is what an honest
 * sampler would fall below once in a thousand seeds, and a wrong one almost always with the sample sizes used here.
 */
export const P_THRESHOLD = 1e-3;

/** The p-value of `counts` under `probabilities`; cells expecting fewer than five are pooled. */
export function chiSquareP(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const total = sum(counts);
  let statistic = 0;
  let cells = 0;
  let pooledCount = 0;
  let pooledExpected = 0;
  for (let i = 0; i < counts.length; i++) {
    const expected = probabilities[i]! * total;
    if (expected === 0 && counts[i]! > 0) return 0;
    if (expected >= 5) {
      statistic += (counts[i]! - expected) ** 2 / expected;
      cells++;
    } else {
      pooledCount += counts[i]!;
      pooledExpected += expected;
    }
  }
  if (pooledExpected > 0.5) {
    statistic += (pooledCount - pooledExpected) ** 2 / pooledExpected;
    cells++;
  }
  return cells < 2 ? 1 : upperTail(statistic, cells - 1);
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

/** P(chi-square with `freedom` degrees >= x), by the series of the regularised incomplete gamma function. */
export function upperTail(x: number, freedom: number): number {
  const a = freedom / 2;
  const z = x / 2;
  if (z <= 0) return 1;
  if (z > a + 20 * Math.sqrt(a) + 100) return 0; // below 1e-40, and the series would overflow
  const front = Math.exp(a * Math.log(z) - z - logGamma(a + 1));
  let term = 1;
  let series = 1;
  for (let n = 1; n < 10_000 && term > 1e-15 * series; n++) {
    term *= z / (a + n);
    series += term;
  }
  return Math.max(0, 1 - front * series);
}

/** log Gamma of a half-integer or integer, by its recurrence. */
function logGamma(a: number): number {
  let value = Number.isInteger(a) ? 0 : Math.log(Math.PI) / 2; // Gamma(1) = 1, Gamma(1/2) = sqrt(pi)
  for (let k = Number.isInteger(a) ? 1 : 0.5; k < a; k++) value += Math.log(k);
  return value;
}

/** How far apart two distributions are: the largest difference in the probability of any event. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  return Array.from(p).reduce((distance, value, i) => distance + Math.abs(value - q[i]!) / 2, 0);
}
