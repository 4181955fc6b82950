import type { Rect } from '../base/geometry.ts';
import type { FramePlan } from './planFrames.ts';

/** A plan whose coordinates are counted from another origin, `dx` to the left of the one it was made with and `dy` above. */
export function movePlan({ frame, bounds, sketch }: FramePlan, dx: number, dy: number): FramePlan {
  return {
    frame: { ...frame, rect: moveRect(frame.rect, dx, dy) },
    bounds: moveRect(bounds, dx, dy),
    ...(sketch && { sketch: movePlan(sketch, dx, dy) }),
  };
}

function moveRect(rect: Rect, dx: number, dy: number): Rect {
  return { ...rect, x: rect.x + dx, y: rect.y + dy };
}
