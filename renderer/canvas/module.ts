/** Something that modules draw on, such as a layer of Konva. */
export interface Layer {
  /** Draws what its modules rendered; a layer of which nothing is shown is hidden. */
  draw(shown: boolean): void;
}

/** A part of the view. It asks the repainter for frames when state that it reads changes. */
export interface Module {
  readonly layer: Layer;
  /** Whether there is anything to see of it, since it was rendered last. */
  readonly shown: boolean;
  /** Brings what it draws up to date, before its layer is drawn. Gives the ms after which it wants to again, if it does. */
  render(time: number): number | null;
  destroy(): void;
}
