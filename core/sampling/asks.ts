/** Cells of one grid whose distribution is wanted. */
export interface Ask {
  readonly ids: Int32Array; // [height * width], MASK where missing
  readonly cells: Int32Array; // flat indices
}

/** Takes the logits of cell `asks[ask].cells[position]`: rows[offset .. offset + K), valid during the call only. */
export type OnRow = (ask: number, position: number, rows: Float32Array, offset: number) => void;
