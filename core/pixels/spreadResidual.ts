import { distanceInside } from './masks/distance.ts';
import type { Mask } from './masks/mask.ts';
import { fullRect } from '../base/geometry.ts';
import type { SolveChannel } from './membrane.ts';

/** The tokenizer is hardly ever further off; where a fill is, it shows something else than the picture beside it. */
const LARGEST_ERROR = 40; // of 255

/**
 * Spreads what a fill gets wrong beside the hole (one channel of `picture - fill`, of 255; known outside `unknown`) over
 * the hole, in place. The tokenizer's error goes all the way, by the membrane. What is beyond it, a tree beside a fill
 * that shows sky, must be met at the border too, but is no error to be spread over the sky: it fades by e every `reach` px.
 */
export function spreadResidual(unknown: Mask, solve: SolveChannel, reach: number): SolveChannel {
  let fade: Float32Array | null = null;
  return (channel) => {
    const excess = takeExcess(channel, unknown);
    solve(channel);
    if (excess === null) return;
    solve(excess);
    fade ??= fadeFrom(unknown, reach);
    for (let i = 0; i < channel.length; i++) channel[i]! += fade[i]! * excess[i]!;
  };
}

/** Limits the known values of a channel and returns what that took away, or null where it took nothing. */
function takeExcess(channel: Float32Array, unknown: Mask): Float32Array | null {
  const excess = new Float32Array(channel.length);
  let any = false;
  for (let i = 0; i < channel.length; i++) {
    if (unknown.data[i]! > 0) continue;
    const value = channel[i]!;
    const limited = Math.max(-LARGEST_ERROR, Math.min(LARGEST_ERROR, value));
    if (limited === value) continue;
    channel[i] = limited;
    excess[i] = value - limited;
    any = true;
  }
  return any ? excess : null;
}

/** 1 beside what is known, falling with the distance from it. */
function fadeFrom(unknown: Mask, reach: number): Float32Array {
  return Float32Array.from(distanceInside(unknown, fullRect(unknown)), (d) =>
    Math.exp(-Math.max(0, d - 1) / reach),
  );
}
