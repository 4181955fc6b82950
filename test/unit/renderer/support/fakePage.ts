/** An element as far as the keyboard looks at it: what selectors it matches by its tag. */
export class FakeElement {
  readonly tag: string;
  blurred = false;

  constructor(tag: string) {
    this.tag = tag;
  }

  matches(selectors: string): boolean {
    return selectors.split(',').some((selector) => selector.trim().split(/[:[]/)[0] === this.tag);
  }

  blur(): void {
    this.blurred = true;
  }
}

const NOTHING_HELD = {
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  repeat: false,
  getModifierState: () => false,
};

/** A window's keyboard and pointer, without the window. */
export class FakePage {
  private readonly target = new EventTarget();
  readonly attributes = new Set<string>(); // of the root element

  asWindow(): Window {
    const documentElement = {
      toggleAttribute: (name: string, there: boolean) =>
        there ? this.attributes.add(name) : this.attributes.delete(name),
    };
    return Object.assign(this.target, { document: { documentElement } }) as unknown as Window;
  }

  /** Sends an event as the page would; says whether its default was prevented. */
  send(type: string, properties: object = {}): boolean {
    const event = new Event(type, { cancelable: true });
    for (const [name, value] of Object.entries({ ...NOTHING_HELD, ...properties })) {
      Object.defineProperty(event, name, { value });
    }
    this.target.dispatchEvent(event);
    return event.defaultPrevented;
  }

  press(key: string, properties: object = {}): boolean {
    return this.send('keydown', { key, code: key, ...properties });
  }
}
