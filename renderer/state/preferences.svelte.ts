import { MAX_CANDIDATES } from '../../core/base/limits.ts';
import { type Theme, THEMES } from '../../core/contract/mainApi.ts';
import { type Language, LANGUAGES } from '../../core/texts/locales.ts';
import { type PresetName, PRESETS } from '../../core/sampling/presets.ts';
import {
  isColour,
  isNumber,
  isOneOf,
  isSwitch,
  isText,
  isWhole,
  persistedValues,
  restorePersisted,
} from './persistence.ts';

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

  // What the settings window is about.
  language = $state<Language>('system');
  theme = $state<Theme>('system');
  scale = $state(100); // %, of the interface
  restoreSession = $state(true); // opens the files of last time at the start
  lookForUpdates = $state(false); // at the start, where this copy can be updated
  firstPreset = $state<PresetName | 'last'>('last'); // at the start
  firstCandidates = $state(0); // likewise; 0 for as many as last time
  autosave = $state(1); // s between two rounds, at least
  undoLimit = $state(512); // MB that undo alone may keep of all open pictures
  exportFormat = $state<ExportFormat | 'source'>('source');
  exportQuality = $state(90); // 1 .. 100
  exportMetadata = $state<KeptMetadata>('keep');
  letterKeys = $state(true); // whether keys without Ctrl or Alt are shortcuts, where they type a sign
  /** By command, where they are others than those of the table. */
  shortcuts = $state.raw<Readonly<Record<string, readonly string[]>>>({});

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

export const SCALES = [80, 90, 100, 110, 125, 150, 175] as const; // %
export const AUTOSAVES = [1, 5, 15, 60] as const; // s
export const UNDO_LIMITS = [256, 512, 1000, 2000, 4000, 8000] as const; // MB
export const EXPORT_FORMATS = ['png', 'jpeg', 'webp'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
/** What of the source's metadata is kept, and whether what was done is noted. */
export const KEPT_METADATA = ['keep', 'no-location', 'none'] as const;
export type KeptMetadata = (typeof KEPT_METADATA)[number];

const isShortcuts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((keys) => Array.isArray(keys) && keys.every(isText));

const PERSISTED = {
  language: isOneOf(LANGUAGES),
  theme: isOneOf(THEMES),
  scale: isOneOf(SCALES),
  restoreSession: isSwitch,
  lookForUpdates: isSwitch,
  firstPreset: isOneOf(['last', ...Object.keys(PRESETS)]),
  firstCandidates: isWhole(0, MAX_CANDIDATES),
  autosave: isOneOf(AUTOSAVES),
  undoLimit: isOneOf(UNDO_LIMITS),
  exportFormat: isOneOf(['source', ...EXPORT_FORMATS]),
  exportQuality: isWhole(1, 100),
  exportMetadata: isOneOf(KEPT_METADATA),
  letterKeys: isSwitch,
  shortcuts: isShortcuts,
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
