import { isColour, isNumber, isOneOf, isSwitch, keptValues, restoreKept } from './persistence.ts';

/** What a person likes; kept by main between sessions. */
export class Preferences {
  overlayColour = $state('#ff2d78'); // of the selection
  overlayOpacity = $state(0.45); // 0 .. 1
  showHole = $state(false); // the tokens that will be refilled, over the selection
  pixelGrid = $state(true); // when close
  tokenGrid = $state(false); // lines between the tokens of the frame, also while no token tool is in the hand
  rulers = $state(false);
  hintSeen = $state(false); // the first-run hint was closed
  tokenHintSeen = $state(false); // likewise, of the one about tokens
  panel = $state<PanelId>('fill'); // of the right side

  /** As plain JSON. */
  values(): Record<string, unknown> {
    return keptValues(this, KEPT);
  }

  /** Takes over what is known and can be; the rest stays as it is. */
  restore(values: unknown): void {
    restoreKept(this, KEPT, values);
  }
}

export const PANELS = ['fill', 'tokens', 'history', 'model'] as const;
export type PanelId = (typeof PANELS)[number];

const KEPT = {
  overlayColour: isColour,
  overlayOpacity: isNumber(0, 1),
  showHole: isSwitch,
  pixelGrid: isSwitch,
  tokenGrid: isSwitch,
  rulers: isSwitch,
  hintSeen: isSwitch,
  tokenHintSeen: isSwitch,
  panel: isOneOf(PANELS),
};
