import { isColour, isNumber, isOneOf, isSwitch, persistedValues, restorePersisted } from './persistence.ts';

/** What a person likes; persisted by main between sessions. */
export class Preferences {
  overlayColour = $state('#ff2d78'); // of the selection
  overlayOpacity = $state(0.45); // 0 .. 1
  showHole = $state(false); // the tokens that will be refilled, over the selection
  pixelGrid = $state(true); // when close
  tokenGrid = $state(false); // lines between the tokens of the frame, also while no token tool is current
  rulers = $state(false);
  largeCandidates = $state(false); // their thumbnails
  hintSeen = $state(false); // the first-run hint was closed
  tokenHintSeen = $state(false); // likewise, of the one about tokens
  panel = $state<PanelId>('fill'); // of the right side

  /** As plain JSON. */
  values(): Record<string, unknown> {
    return persistedValues(this, PERSISTED);
  }

  /** Takes over what is known and can be; the rest stays as it is. */
  restore(values: unknown): void {
    restorePersisted(this, PERSISTED, values);
  }
}

export const PANELS = ['fill', 'tokens', 'history', 'model'] as const;
export type PanelId = (typeof PANELS)[number];

const PERSISTED = {
  overlayColour: isColour,
  overlayOpacity: isNumber(0, 1),
  showHole: isSwitch,
  pixelGrid: isSwitch,
  tokenGrid: isSwitch,
  rulers: isSwitch,
  largeCandidates: isSwitch,
  hintSeen: isSwitch,
  tokenHintSeen: isSwitch,
  panel: isOneOf(PANELS),
};
