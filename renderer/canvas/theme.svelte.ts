/** The colours that are drawn with, from the design's tokens. */
export interface Colours {
  readonly checker: readonly [string, string];
  readonly accent: string;
  readonly onAccent: string;
  readonly chrome: string;
  readonly line: string;
  readonly inkSoft: string;
  readonly font: string; // families
}

/** The design's tokens as they are now; follows the theme of the page. */
export class Theme {
  colours: Colours = $state.raw()!;
  private readonly observer = new MutationObserver(() => {
    this.read();
  });

  constructor() {
    this.read();
    this.observer.observe(document.documentElement, { attributes: true });
  }

  destroy(): void {
    this.observer.disconnect();
  }

  private read(): void {
    const style = getComputedStyle(document.documentElement);
    const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    this.colours = {
      checker: [token('checker-a'), token('checker-b')],
      accent: token('accent'),
      onAccent: token('on-accent'),
      chrome: token('chrome'),
      line: token('line'),
      inkSoft: token('ink-soft'),
      font: token('font'),
    };
  }
}
