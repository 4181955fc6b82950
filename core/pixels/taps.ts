/** For each target pixel of one axis: which source pixels it mixes, and how much of each. */
export interface Taps {
  readonly most: number; // the largest count
  readonly start: Int32Array; // [target], first source pixel
  readonly count: Int32Array; // [target]
  readonly weights: Float32Array; // [target, most], each row sums to 1
}

/** The fitting filter for one axis: the exact area mean for shrinking, Lanczos-3 for enlarging. */
export function tapsFor(source: number, target: number): Taps {
  return target <= source ? areaTaps(source, target) : lanczosTaps(source, target);
}

/** Each target pixel is the mean of the interval of the source that it covers; exact for any ratio >= 1. */
export function areaTaps(source: number, target: number): Taps {
  const ratio = source / target;
  return build(source, target, Math.ceil(ratio) + 1, (i) => ({
    from: i * ratio,
    to: (i + 1) * ratio,
    weight: (pixel) => Math.min((i + 1) * ratio, pixel + 1) - Math.max(i * ratio, pixel),
  }));
}

const LOBES = 3;

/** Lanczos-3 (windowed sinc, C. Lanczos; Turkowski 1990), widened by the ratio when it shrinks. */
export function lanczosTaps(source: number, target: number): Taps {
  const ratio = source / target;
  const stretch = Math.max(1, ratio);
  const reach = LOBES * stretch;
  return build(source, target, Math.ceil(2 * reach) + 2, (i) => {
    const centre = (i + 0.5) * ratio;
    return {
      from: centre - reach,
      to: centre + reach,
      weight: (pixel) => lanczos((pixel + 0.5 - centre) / stretch),
    };
  });
}

interface Support {
  readonly from: number; // source px
  readonly to: number; // source px
  readonly weight: (pixel: number) => number;
}

function build(source: number, target: number, most: number, supportOf: (i: number) => Support): Taps {
  const start = new Int32Array(target);
  const count = new Int32Array(target);
  const weights = new Float32Array(target * most);
  for (let i = 0; i < target; i++) {
    const support = supportOf(i);
    // A hair of tolerance: i * ratio may land just past a whole number.
    const first = Math.max(0, Math.min(source - 1, Math.floor(support.from + 1e-6)));
    const last = Math.max(first, Math.min(source - 1, Math.ceil(support.to - 1e-6) - 1));
    let sum = 0;
    for (let pixel = first; pixel <= last; pixel++) sum += support.weight(pixel);
    for (let pixel = first; pixel <= last; pixel++) {
      weights[i * most + pixel - first] = support.weight(pixel) / sum;
    }
    start[i] = first;
    count[i] = last - first + 1;
  }
  return { most, start, count, weights };
}

function lanczos(x: number): number {
  if (Math.abs(x) < 1e-8) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const angle = Math.PI * x;
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle);
}
