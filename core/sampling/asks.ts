/** Cells of one grid whose distribution is wanted. */
export interface Ask {
  readonly ids: Int32Array; // [height * width], MASK where missing
  readonly cells: Int32Array; // flat indices
}

/** Takes the logits of asks[ask].cells: rows[offset .. offset + cells * K), a row for each, valid during the call only. */
export type OnRows = (ask: number, rows: Float32Array, offset: number) => void;
