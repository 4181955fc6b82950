import type { GrantId } from '../../core/contract/engineApi.ts';
import { isDeepStrictEqual } from 'node:util';
import type {
  FileAccess,
  FilePurpose,
  Granted,
  HostMessage,
  ServerToAsk,
} from '../../core/contract/engineHost.ts';
import type { ServerId } from '../../core/contract/packageApi.ts';
import { TesseraError } from '../../core/base/errors.ts';

/** What main has told the engine. */
export interface Host {
  /**
   * The path of a file that a person chose.
   *
   * @throws TesseraError 'usage' where main never granted it, or for reading only, or as something else
   */
  pathOf(file: GrantId, access: FileAccess, ...purposes: readonly FilePurpose[]): Promise<string>;
  /** Where packages lie, this user's first. */
  packageFolders(): readonly string[];
  /** This user's packages lie elsewhere from now on. */
  packagesMoved(folder: string): void;
  /** The servers that a person added. */
  readonly servers: () => readonly ServerToAsk[];
  /** One of them, also where main is about to tell. @throws TesseraError 'usage' where nobody added it */
  readonly serverOf: (id: ServerId) => Promise<ServerToAsk>;
  /** Hears of servers that were removed, or that are asked otherwise from now on. */
  onServersGone(listener: (ids: readonly ServerId[]) => void): void;
  /** Where snapshots for recovery are kept. @throws TesseraError 'internal' before main has told */
  recoveryFolder(): string;
  /** Where what can be made again may be kept; null before main has told. */
  readonly cacheFolder: () => string | null;
}

/** A host that learns from main's messages. */
export interface LearningHost extends Host {
  learn(message: Exclude<HostMessage, { kind: 'port' }>): void;
}

/** What main tells and calls come through different channels, so a call may arrive before what it names and waits for it, ms. */
const GRANT_TIMEOUT = 2000;

export function createHost(timeout = GRANT_TIMEOUT): LearningHost {
  const grants = new Map<GrantId, Granted>();
  const looking = new Set<() => void>();
  const onGone: ((ids: readonly ServerId[]) => void)[] = [];
  let packages: readonly string[] = [];
  let servers: readonly ServerToAsk[] = [];
  let recovery: string | null = null;
  let cache: string | null = null;

  /** What main has told, or tells in a moment; null where it does not come. */
  function soon<T>(find: () => T | undefined): Promise<T | null> {
    const known = find();
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => {
      const end = (found: T | null): void => {
        clearTimeout(timer);
        looking.delete(look);
        resolve(found);
      };
      const look = (): void => {
        const found = find();
        if (found !== undefined) end(found);
      };
      const timer = setTimeout(end, timeout, null);
      looking.add(look);
    });
  }

  function learnServers(told: readonly ServerToAsk[]): void {
    const gone = servers.filter((was) => !told.some((is) => isDeepStrictEqual(is, was)));
    servers = told;
    if (gone.length > 0) for (const listen of onGone) listen(gone.map(({ id }) => id));
  }

  return {
    async pathOf(file, access, ...purposes) {
      const grant = await soon(() => grants.get(file));
      const isAllowed = grant && (access === 'read' || grant.access === 'write');
      if (isAllowed && purposes.includes(grant.purpose)) {
        // Projects are saved again and again; an export was chosen once.
        if (access === 'write' && grant.purpose !== 'project') grants.set(file, { ...grant, access: 'read' });
        return grant.path;
      }
      throw new TesseraError('usage', 'This file was not opened for that.', 'Choose it again.');
    },
    packageFolders: () => packages,
    packagesMoved(folder) {
      packages = [folder, ...packages.slice(1)];
    },
    servers: () => servers,
    async serverOf(id) {
      const server = await soon(() => servers.find((each) => each.id === id));
      if (server) return server;
      throw new TesseraError('usage', `Nobody has added the server ${id}.`, 'Add it in the Model panel.');
    },
    onServersGone(listener) {
      onGone.push(listener);
    },
    recoveryFolder() {
      if (recovery !== null) return recovery;
      throw new TesseraError('internal', 'The engine was not told where recovery files are.');
    },
    cacheFolder: () => cache,
    learn(message) {
      switch (message.kind) {
        case 'grant':
          grants.set(message.id, message);
          break;
        case 'revoke':
          if (message.ids === 'all') grants.clear();
          else for (const id of message.ids) grants.delete(id);
          break;
        case 'packages':
          packages = message.folders;
          break;
        case 'recovery':
          recovery = message.folder;
          break;
        case 'cache':
          cache = message.folder;
          break;
        case 'servers':
          learnServers(message.servers);
      }
      for (const look of looking) look();
    },
  };
}
