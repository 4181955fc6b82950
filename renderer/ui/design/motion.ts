/** How long something moves, ms: not at all where the system asks for less motion. */
export function motion(duration: number): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : duration;
}
