/** A part of the view, on one layer. It asks the repainter for frames when state that it reads changes. */
export interface Module {
  readonly layer: LayerName;
  /** Brings what it draws up to date, before its layer is drawn. Gives the ms after which it wants to again, if it does. */
  render(time: number): number | null;
  destroy(): void;
}

/** From back to front. What changes together lies on one layer, so that a stroke redraws no picture. */
export const LAYERS = ['picture', 'selection', 'guides', 'pointer'] as const;
export type LayerName = (typeof LAYERS)[number];
