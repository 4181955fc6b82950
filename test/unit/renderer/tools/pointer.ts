import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import type { PointerInput, Tool } from '../../../../renderer/tools/tool.ts';

type Keys = Partial<Pick<PointerInput, 'shift' | 'alt' | 'pressure'>>;

/** A pointer over a document, as the canvas tells tools of it. */
export function pointerOver({ view }: OpenDocument): (x: number, y: number, keys?: Keys) => PointerInput {
  let time = 0;
  return (x, y, keys = {}) => ({
    x,
    y,
    screen: view.toScreen({ x, y }),
    pressure: 1,
    shift: false,
    alt: false,
    buttons: 1,
    time: time++,
    ...keys,
  });
}

/** A gesture through points, [x, y] each, with the same keys all along. */
export function drag(
  tool: Tool,
  document: OpenDocument,
  points: readonly (readonly [number, number])[],
  keys: Keys = {},
): void {
  const at = pointerOver(document);
  const [first, ...rest] = points.map(([x, y]) => at(x, y, keys));
  tool.down(first!);
  for (const input of rest) tool.move(input);
  tool.up(rest.at(-1) ?? first!);
}
