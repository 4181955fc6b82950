/** What a person likes; kept by main between sessions. */
export class Preferences {
  overlayColour = $state('#ff2d78'); // of the selection
  overlayOpacity = $state(0.45); // 0 .. 1
  showHole = $state(false); // the tokens that will be refilled, over the selection
  pixelGrid = $state(true); // when close
  rulers = $state(false);
  hintSeen = $state(false); // the first-run hint was closed
  panel = $state<PanelId>('fill'); // of the right side

  /** As plain JSON. */
  values(): Record<string, unknown> {
    const { overlayColour, overlayOpacity, showHole, pixelGrid, rulers, hintSeen, panel } = this;
    return { overlayColour, overlayOpacity, showHole, pixelGrid, rulers, hintSeen, panel };
  }

  /** Takes over what is known and of the right type; the rest stays as it is. */
  restore(values: Readonly<Record<string, unknown>>): void {
    const own = this.values();
    for (const [key, value] of Object.entries(values)) {
      if (typeof value === typeof own[key]) Object.assign(this, { [key]: value });
    }
  }
}

export const PANELS = ['fill', 'history', 'model'] as const;
export type PanelId = (typeof PANELS)[number];
