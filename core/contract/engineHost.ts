import type { GrantId } from './engineApi.ts';
import type { ServerId } from './packageApi.ts';

/** What main tells the engine over the parent port. Folders and files are paths; only main and the engine know them. */
export type HostMessage =
  /** A file that a person chose. Comes before the window can name it. */
  | ({ readonly kind: 'grant'; readonly id: GrantId } & Granted)
  /** Grants end: these, or all where the window that has them is gone. */
  | { readonly kind: 'revoke'; readonly ids: readonly GrantId[] | 'all' }
  /** Where packages lie; of two with one id, the one in the earlier folder counts. */
  | { readonly kind: 'packages'; readonly folders: readonly string[] }
  /** The servers that a person added, with what opens them. */
  | { readonly kind: 'servers'; readonly servers: readonly ServerToAsk[] }
  /** Where snapshots for recovery are kept. */
  | { readonly kind: 'recovery'; readonly folder: string }
  /** Where it may keep what can be made again. */
  | { readonly kind: 'cache'; readonly folder: string }
  /** A window's end of a channel comes along, as the message's only port. */
  | { readonly kind: 'port' };

/** How a server is asked. Main alone keeps this, and the window never has it. */
export interface ServerToAsk {
  readonly id: ServerId;
  readonly url: string;
  readonly token?: string;
  readonly certificate?: { readonly cert: string; readonly key: string }; // PEM
}

/** A file, what may be done with it, and what it was chosen as. */
export interface Granted {
  readonly path: string;
  readonly access: FileAccess;
  readonly purpose: FilePurpose;
}

/** What a file was chosen as; it is good for nothing else. */
export type FilePurpose = 'picture' | 'project' | 'mask' | 'tokens' | 'model';

/** What may be done with a granted file; one that may be written may be read as well. */
export type FileAccess = 'read' | 'write';
