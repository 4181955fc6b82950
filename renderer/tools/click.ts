import type { PointerInput } from './tool.ts';

const STILL = 3; // CSS px that a hand moves while it clicks

/** Whether a pointer went up where it came down. */
export function isClick(down: Pick<PointerInput, 'screen'>, up: Pick<PointerInput, 'screen'>): boolean {
  return Math.hypot(up.screen.x - down.screen.x, up.screen.y - down.screen.y) < STILL;
}
