import type { OpenDocument } from '../state/openDocument.svelte.ts';

const KEPT = 3; // documents

/** Something that is made for each document, and kept for those that were seen last. */
export class PerDocument<T> {
  private readonly make: () => T;
  private kept: { readonly document: OpenDocument; readonly value: T }[] = []; // the newest first

  constructor(make: () => T) {
    this.make = make;
  }

  of(document: OpenDocument): T {
    const [first] = this.kept;
    if (first?.document === document) return first.value;
    const known = this.kept.find((entry) => entry.document === document);
    const others = this.kept.filter((entry) => entry !== known);
    const entry = known ?? { document, value: this.make() };
    this.kept = [entry, ...others].slice(0, KEPT);
    return entry.value;
  }
}
