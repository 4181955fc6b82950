/** The part of a WheelEvent that says how far the wheel was turned. */
export interface WheelLike {
  readonly deltaY: number;
  readonly deltaMode: number; // 0 px, 1 lines, 2 pages
  readonly ctrlKey: boolean; // also while two fingers pinch
}

const LINE = 40; // px
const PAGE = 400; // px
const WHEEL = 1 / 550; // of a doubling's logarithm, per px: a notch of a mouse zooms by about a fifth
const PINCH = 1 / 100; // pinches come in small steps
const MOST = 240; // px that count of one event, for wheels that leap

/** The factor that a turn of the wheel zooms by; small steps add up to the same as a large one. */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }: WheelLike): number {
  const px = deltaY * (deltaMode === 1 ? LINE : deltaMode === 2 ? PAGE : 1);
  const turn = Math.min(MOST, Math.max(-MOST, px));
  // Mice with Ctrl held turn as far as without it.
  const rate = ctrlKey && Math.abs(turn) < LINE ? PINCH : WHEEL;
  return Math.exp(-turn * rate);
}
