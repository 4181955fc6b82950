import type { ServerInfo } from '../../core/contract/mainApi.ts';
import type { ServerId } from '../../core/contract/packageApi.ts';

/** The servers that a person added, and the one that is being added while that dialog is open. */
export class Servers {
  list = $state.raw<readonly ServerInfo[]>([]);
  /** What went wrong when a server was looked at last. */
  problems = $state.raw<Readonly<Record<ServerId, string>>>({});
  looking = $state.raw<readonly ServerId[]>([]);
  adding = $state.raw<AddingServer>(NO_SERVER);
}

/** A server as it is described in the dialog. */
export interface AddingServer {
  readonly url: string;
  readonly token: string;
  readonly certificate: { readonly id: string; readonly name: string } | null;
  readonly encrypts: boolean; // whether the system keeps token and key
  readonly problem: string | null;
  /** Gives it up while the server is looked at; null before and after. */
  readonly cancel: (() => void) | null;
}

export const NO_SERVER: AddingServer = {
  url: '',
  token: '',
  certificate: null,
  encrypts: true,
  problem: null,
  cancel: null,
};
