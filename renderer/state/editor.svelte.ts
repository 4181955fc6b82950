import type { EngineClient, MainClient } from '../../core/contract/clients.ts';
import type { AppInfo, RecentFile, UpdateState } from '../../core/contract/mainApi.ts';
import type { PackageInfo } from '../../core/contract/packageApi.ts';
import type { Recoverable } from '../../core/contract/engineApi.ts';
import type { Swatches } from '../../core/paint/swatches.ts';
import type { AddingModel } from './addingModel.ts';
import { Batch } from './batch.svelte.ts';
import { FillSettings } from './fillSettings.svelte.ts';
import { Notices } from './notices.svelte.ts';
import type { OpenDocument } from './openDocument.svelte.ts';
import { Packages } from './packages.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { Servers } from './servers.svelte.ts';
import { SwatchesLoadings } from './tokens/tokenJobs.ts';
import { TokenTools } from './tokens/tokenTools.svelte.ts';
import { Tools } from './tools.svelte.ts';

/** The dialogs of the window; at most one is open. */
export type DialogId =
  | 'shortcuts'
  | 'settings'
  | 'fill-many'
  | 'about'
  | 'export'
  | 'extend'
  | 'rotate'
  | 'resize'
  | 'canvas-size'
  | 'grow'
  | 'shrink'
  | 'feather'
  | 'recover'
  | 'new-canvas'
  | 'new-from-model'
  | 'add-model'
  | 'add-server'
  | 'updates'
  | 'place';

/** What the settings window shows. */
export const SETTINGS_PAGES = ['general', 'filling', 'files', 'shortcuts'] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

/** Something that takes long enough to show: reading, saving, exporting. */
export interface Activity {
  readonly label: string;
  readonly done: number | null; // 0 .. 1; null if unknown
  cancel?(): void;
}

/** A gesture under way, as the keyboard can change it. */
export interface Gesture {
  /** Gives it up; the document stays as it was. Escape. */
  cancel(): void;
  /** Ends a gesture of several clicks; Enter does not fill meanwhile. */
  finish?(): void;
  /** Takes the last of several clicks back. Backspace. */
  stepBack?(): void;
}

/** All that the window shows, in one place. Commands change it, tools and views read it. */
export class Editor {
  readonly tools = new Tools();
  readonly tokenTools = new TokenTools();
  /** What the codes of a package look like, by its sha256; asked for when they are first needed. */
  swatches = $state.raw<Readonly<Record<string, Swatches>>>({});
  /** How much of those that were asked for is there, 0 .. 1, by sha256. */
  swatchesDone = $state.raw<Readonly<Record<string, number>>>({});
  readonly swatchesLoading = new SwatchesLoadings();
  /** The preview of an adjusted selection that is about to be made: of several in a row only the last is. */
  previewTimer: ReturnType<typeof setTimeout> | undefined;
  readonly fillSettings = new FillSettings();
  readonly packages = new Packages();
  /** What is being added while that dialog is open. */
  addingModel = $state.raw<AddingModel>({ step: 'choose', problem: null });
  readonly servers = new Servers();
  readonly preferences = new Preferences();
  readonly notices = new Notices();
  readonly batch = new Batch();
  documents = $state.raw<readonly OpenDocument[]>([]);
  active = $state.raw<OpenDocument | null>(null);
  appInfo = $state.raw<AppInfo | null>(null);
  /** How far an update of the program is, as main tells it. */
  update = $state.raw<UpdateState>({ kind: 'idle' });
  recent = $state.raw<readonly RecentFile[]>([]);
  recoverable = $state.raw<readonly Recoverable[]>([]);
  dialog = $state<DialogId | null>(null);
  panelsHidden = $state(false); // and tools, for a look at the picture alone
  settingsPage = $state<SettingsPage>('general');
  activity = $state.raw<Activity | null>(null);
  dark = $state(false);
  /** The window closes, and its documents with it; they are what the next start opens. */
  leaving = false;
  /** How the original is compared: not, wholly (a key is held), or left of a line at this share of the canvas view. */
  compare = $state.raw<null | 'original' | { readonly split: number }>(null);
  /** The gesture under way; tools set it, commands cancel, finish or step it back. */
  gesture = $state.raw<Gesture | null>(null);
  pointer = $state.raw<{ readonly x: number; readonly y: number } | null>(null); // document px, for the status bar

  readonly engine: EngineClient;
  readonly main: MainClient;

  constructor(engine: EngineClient, main: MainClient) {
    this.engine = engine;
    this.main = main;
  }

  /** What the engine is asked by for a package that made something: the one in use where it is the same, or another that is. */
  refOf({ id, sha256 }: Pick<PackageInfo, 'id' | 'sha256'>): string {
    const { list } = this.packages;
    const same = list.filter((info) => info.sha256 === sha256);
    const inUse = same.find(({ ref }) => ref === this.fillSettings.package);
    return (inUse ?? same[0])?.ref ?? id;
  }

  open(document: OpenDocument): void {
    this.documents = [...this.documents, document];
    this.active = document;
  }

  /** Puts a document where another one is, among those that are open. */
  moveTo(document: OpenDocument, place: OpenDocument): void {
    const at = this.documents.indexOf(place);
    const others = this.documents.filter((other) => other !== document);
    if (at >= 0 && document !== place) this.documents = others.toSpliced(at, 0, document);
  }

  close(document: OpenDocument): void {
    document.fill.job?.cancel();
    const at = this.documents.indexOf(document);
    this.documents = this.documents.filter((other) => other !== document);
    if (this.active === document)
      this.active = this.documents[Math.min(at, this.documents.length - 1)] ?? null;
  }
}
