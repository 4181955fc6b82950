import type { GrantId } from '../../core/contract/engineApi.ts';
import type { FileAccess, FilePurpose, Granted, HostMessage } from '../../core/contract/engineHost.ts';
import { TesseraError } from '../../core/base/errors.ts';

/** What main has told the engine. */
export interface Host {
  /**
   * The path of a file that a person chose.
   *
   * @throws TesseraError 'usage' where main never granted it, or for reading only, or as something else
   */
  pathOf(file: GrantId, access: FileAccess, ...purposes: readonly FilePurpose[]): Promise<string>;
  packageFolders(): readonly string[];
  /** Where snapshots for recovery are kept. @throws TesseraError 'internal' before main has told */
  recoveryFolder(): string;
  /** Where what can be made again may be kept; null before main has told. */
  readonly cacheFolder: () => string | null;
}

/** A host that learns from main's messages. */
export interface LearningHost extends Host {
  learn(message: Exclude<HostMessage, { kind: 'port' }>): void;
}

/** Grants and calls come through different channels, so a call may arrive before its grant and waits for it, ms. */
const GRANT_TIMEOUT = 2000;

export function createHost(timeout = GRANT_TIMEOUT): LearningHost {
  const grants = new Map<GrantId, Granted>();
  const expected = new Set<(id: GrantId, grant: Granted) => void>();
  let packages: readonly string[] = [];
  let recovery: string | null = null;
  let cache: string | null = null;

  /** The grant as soon as it comes, or null when it does not. */
  function arrival(file: GrantId): Promise<Granted | null> {
    return new Promise((resolve) => {
      const end = (grant: Granted | null): void => {
        clearTimeout(timer);
        expected.delete(take);
        resolve(grant);
      };
      const take = (id: GrantId, grant: Granted): void => {
        if (id === file) end(grant);
      };
      const timer = setTimeout(end, timeout, null);
      expected.add(take);
    });
  }

  return {
    async pathOf(file, access, ...purposes) {
      const grant = grants.get(file) ?? (await arrival(file));
      const isAllowed = grant && (access === 'read' || grant.access === 'write');
      if (isAllowed && purposes.includes(grant.purpose)) {
        // Projects are saved again and again; an export was chosen once.
        if (access === 'write' && grant.purpose !== 'project') grants.set(file, { ...grant, access: 'read' });
        return grant.path;
      }
      throw new TesseraError('usage', 'This file was not opened for that.', 'Choose it again.');
    },
    packageFolders: () => packages,
    recoveryFolder() {
      if (recovery !== null) return recovery;
      throw new TesseraError('internal', 'The engine was not told where recovery files are.');
    },
    cacheFolder: () => cache,
    learn(message) {
      switch (message.kind) {
        case 'grant':
          grants.set(message.id, message);
          for (const take of expected) take(message.id, message);
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
      }
    },
  };
}
