/** A tuple of Python, which is no list. */
export class Tuple {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** A name that a pickle looks up in Python, such as `torch.FloatStorage`. It is a name only; nothing is looked up. */
export class Name {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Something of Python that we do not know: it takes whatever the pickle gives it, does nothing and holds nothing. */
export class Opaque {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** What gives meaning to the names and persistent ids of a pickle. Neither may run anything. */
export interface PickleWorld {
  /** The value of calling `name` with `args`, or undefined where it is not on the list of what we know. */
  construct(name: string, args: readonly unknown[]): unknown;
  persistent(id: unknown): unknown;
}
