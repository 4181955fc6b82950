import type { OpenDocument } from '../state/openDocument.svelte.ts';

const MAX_DOCUMENTS = 3;

/** Something that is made for each document, and cached for those that were seen last. */
export class PerDocument<T> {
  private readonly make: () => T;
  private cached: { readonly document: OpenDocument; readonly value: T }[] = []; // the newest first

  constructor(make: () => T) {
    this.make = make;
  }

  of(document: OpenDocument): T {
    const [first] = this.cached;
    if (first?.document === document) return first.value;
    const known = this.cached.find((entry) => entry.document === document);
    const others = this.cached.filter((entry) => entry !== known);
    const entry = known ?? { document, value: this.make() };
    this.cached = [entry, ...others].slice(0, MAX_DOCUMENTS);
    return entry.value;
  }
}
