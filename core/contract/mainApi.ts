import type { ErrorShape } from '../base/errors.ts';
import type { Size } from '../base/geometry.ts';
import type { Language } from '../texts/locales.ts';
import type { GrantId } from './engineApi.ts';
import type { ServerId } from './packageApi.ts';

/** What the window asks of main, by one invoke channel; main checks the sender and the payload's schema. */
export interface MainApi {
  'app.info': Call<null, AppInfo>;
  /** A native dialog; null when it was cancelled. */
  'files.open': Call<{ kind: Exclude<OpenKind, 'any'> }, FileGrant | null>;
  /** The same for pictures and projects, of which there may be several; none when it was cancelled. */
  'files.openMany': Call<null, GivenFile[]>;
  'files.save': Call<{ kind: SaveKind; name: string }, FileGrant | null>;
  /** The same for the files of a model, of which there may be several; none when it was cancelled. */
  'files.openModel': Call<null, FileGrant[]>;
  /** Asks for a folder, and grants the pictures in it for reading; null when it was cancelled. */
  'files.openFolder': Call<{ kind: 'picture' | 'mask' }, FolderGrant | null>;
  /** Asks for a folder that results are written into; null when it was cancelled. */
  'files.saveFolder': Call<null, { id: GrantId; name: string } | null>;
  /** Grants a file of such a folder for writing, and says whether it is there already. */
  'files.saveIn': Call<{ folder: GrantId; name: string }, { file: FileGrant; exists: boolean }>;
  /**
   * A project that may only be read so far, as one from the list of recent files, may be written from now on if the person
   * says so; null where they do not.
   */
  'files.mayWrite': Call<{ file: GrantId }, FileGrant | null>;
  /** The window needs files no more: their grants end. */
  'files.release': Call<{ files: GrantId[] }, null>;
  /** Shows a file where it lies, in the system's file manager. */
  'files.reveal': Call<{ file: GrantId }, null>;
  'files.recent': Call<null, RecentFile[]>;
  'files.openRecent': Call<{ id: string }, FileGrant>;
  'files.openSample': Call<{ id: string }, FileGrant>;
  /** Remembers a file that was opened or saved, for the list of recent files, with how it looks. */
  'files.remember': Call<{ file: GrantId; look: Look }, null>;
  /** Takes a file off that list. */
  'files.forget': Call<{ id: string }, null>;
  /** What the title bar shows, and whether closing would lose something. */
  'window.document': Call<{ name: string | null; edited: boolean }, null>;
  /** The window has saved or given up what was unsaved, and may be closed now. */
  'window.close': Call<null, null>;
  /** How the window looks: by the system's theme or another, and how large its interface is, 1 being as designed. */
  'window.look': Call<{ theme: Theme; scale: number }, null>;
  /** The language of menus and dialogs. */
  'window.language': Call<{ language: Language }, null>;
  /** Opens the folder in which packages of models are installed, in the system's file manager. */
  'packages.reveal': Call<null, null>;
  /** Asks for the folder that packages are moved to; null when that was cancelled. */
  'packages.chooseFolder': Call<null, FileGrant | null>;
  /** Asks whether there is a newer version, and gives what came of it; what was downloaded stays 'ready'. */
  'updates.check': Call<null, UpdateState>;
  /** Downloads the version that was found. */
  'updates.download': Call<null, UpdateState>;
  /** Gives a download up. */
  'updates.cancel': Call<null, null>;
  /** Installs what was downloaded, and ends: all that is open was saved or given up. */
  'updates.install': Call<null, null>;
  /** The servers that run models for this person. */
  'servers.list': Call<null, ServerInfo[]>;
  /** Whether this system can encrypt, so that tokens and keys outlive this session. */
  'servers.encrypts': Call<null, boolean>;
  /** Adds one, or replaces one of that address. What opens it never comes back to the window. */
  'servers.add': Call<ServerToAdd, ServerInfo>;
  /** Forgets one, with what opens it. */
  'servers.remove': Call<{ id: ServerId }, null>;
  /** Asks for the file of a client certificate; null when that was cancelled. */
  'servers.chooseCertificate': Call<null, { id: GrantId; name: string } | null>;
  /** Remembers which files are open, for the next start. */
  'session.keep': Call<{ files: GrantId[] }, null>;
  /** The files that were open last time. */
  'session.open': Call<null, GivenFile[]>;
  /** Shortcuts that are shown in the native menu instead of those of the table; '' for none. */
  'menu.keys': Call<{ keys: Record<string, string> }, null>;
  /** Which commands can be used now, for the native menu. */
  'menu.state': Call<{ enabled: Record<string, boolean>; checked: Record<string, boolean> }, null>;
  'clipboard.writePicture': Call<{ png: Uint8Array }, null>;
  'clipboard.readPicture': Call<null, { png: Uint8Array } | null>;
  'clipboard.writeText': Call<{ text: string }, null>;
  'clipboard.readText': Call<null, { text: string }>; // '' where there is none
  'preferences.read': Call<null, Record<string, unknown>>;
  'preferences.write': Call<{ values: Record<string, unknown> }, null>;
  /** A question that only the platform's own box should ask; gives the index of the button. */
  'dialog.ask': Call<{ message: string; detail: string; buttons: string[] }, number>;
}

/** What main tells the window without being asked. */
export interface MainEvents {
  /** A menu item was chosen. */
  command: { readonly id: string };
  /** Files were given to the application: by its command line, a second start of it, the system, or the native menu. */
  open: { readonly files: readonly GivenFile[] };
  /** The list of recent files is another one. */
  recent: { readonly files: readonly RecentFile[] };
  theme: { readonly dark: boolean };
  /** The window is about to close: answer with 'window.close' when that is all right. */
  closing: null;
  /** The engine died and was started anew; a fresh port follows. */
  engineRestarted: null;
  /** How far an update is. */
  update: UpdateState;
}

interface Call<Params, Result> {
  readonly params: Params;
  readonly result: Result;
}

export type MainMethod = keyof MainApi;
export type OpenKind = 'picture' | 'project' | 'any' | 'mask' | 'tokens';
export type SaveKind = 'project' | 'png' | 'jpeg' | 'webp' | 'mask' | 'tokens' | 'package';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface FileGrant {
  readonly id: GrantId;
  readonly name: string; // of the file, without its folder
  readonly kind: 'picture' | 'project' | 'mask' | 'tokens' | 'model';
  readonly access: 'read' | 'write';
}

/** A server as a person describes it. */
export interface ServerToAdd {
  readonly url: string;
  readonly token: string; // '' for none
  readonly certificate: GrantId | null;
}

/** A server as the window knows it. */
export interface ServerInfo {
  readonly id: ServerId;
  readonly url: string;
  /** What became of its token or key: there is none, it is kept encrypted, for this session only, or it is gone with one. */
  readonly secret: 'none' | 'kept' | 'session' | 'lost';
}

/** A file that a person gave, or why it cannot be opened. */
export type GivenFile =
  { readonly name: string; readonly file: FileGrant } | { readonly name: string; readonly error: ErrorShape };

/** Pictures of a folder, in the order of their names. */
export interface FolderGrant {
  readonly id: GrantId; // the same for the same folder
  readonly name: string; // of the folder, without what it lies in
  readonly files: readonly FileGrant[];
}

export interface RecentFile {
  readonly id: string;
  readonly name: string;
  readonly folder: string; // as people write it, such as ~/Pictures
  readonly kind: FileGrant['kind'];
  readonly look: string | null; // the address of a small picture, as data
}

/** A small picture: RGBA bytes with straight alpha, [height, width, 4]. */
export interface Look extends Size {
  readonly data: Uint8Array;
}

/** How far an update of the program is. */
export type UpdateState =
  | { readonly kind: 'idle' } // nobody asked yet
  | { readonly kind: 'checking' }
  | { readonly kind: 'newest' } // this version is
  | { readonly kind: 'found' | 'ready'; readonly version: string } // to be downloaded; to be installed
  | { readonly kind: 'downloading'; readonly version: string; readonly done: number } // 0 .. 1
  | { readonly kind: 'failed'; readonly error: ErrorShape };

export interface AppInfo {
  readonly version: string;
  readonly updates: boolean; // whether this copy can look for newer versions
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly dark: boolean;
  readonly packagesFolder: string; // as people write it, such as ~/.local/share/tessera/packages
  readonly packagesFixed: boolean; // named by TESSERA_PACKAGES, so that they cannot be moved
  readonly samples: readonly { readonly id: string; readonly name: string }[];
}
