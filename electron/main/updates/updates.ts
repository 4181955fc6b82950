import { TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import type { UpdateState } from '../../../core/contract/mainApi.ts';

/** What can find, fetch and install a newer version. */
export interface Updater {
  /** The newer version that there is; null for none. @throws TesseraError where that cannot be told, or is not to be trusted */
  check(): Promise<string | null>;
  /** Fetches it. @throws TesseraError where it does not arrive as it was signed; then nothing of it stays */
  download(onProgress: (done: number) => void, signal: AbortSignal): Promise<void>;
  /** Puts it in the place of this version, which has to end then. @throws TesseraError, and nothing has changed */
  install(): void;
}

/** When what happens of an update: each step only where a person asked for it. */
export interface Updates {
  /** Whether newer versions can be looked for at all. */
  readonly areOn: boolean;
  check(): Promise<UpdateState>;
  /** Fetches what was found. */
  download(): Promise<UpdateState>;
  /** Gives a download up. */
  cancel(): void;
  /** Installs what was fetched; this version has to end then. @throws TesseraError, and nothing has changed */
  install(): Promise<void>;
}

/**
 * @param open what does the work, made when it is first asked for; null where this copy of Tessera cannot be updated
 * @param tell hears of every state
 */
export function createUpdates(
  open: (() => Promise<Updater>) | null,
  tell: (state: UpdateState) => void,
): Updates {
  let state: UpdateState = { kind: 'idle' };
  let opened: Promise<Updater> | null = null;
  let working: Promise<UpdateState> | null = null;
  let stop: AbortController | null = null;

  function become(next: UpdateState): UpdateState {
    state = next;
    tell(state);
    return state;
  }

  function updater(): Promise<Updater> {
    if (open) return (opened ??= open());
    throw new TesseraError('usage', 'This copy of Tessera does not look for newer versions.');
  }

  /** One thing at a time: who asks again meanwhile gets the same. */
  function alone(work: () => Promise<UpdateState>): Promise<UpdateState> {
    working ??= work()
      .catch((error: unknown) => become({ kind: 'failed', error: toErrorShape(error) }))
      .finally(() => (working = null));
    return working;
  }

  return {
    areOn: open !== null,
    check: () =>
      state.kind === 'ready'
        ? Promise.resolve(state)
        : alone(async () => {
            become({ kind: 'checking' });
            const version = await (await updater()).check();
            return become(version === null ? { kind: 'newest' } : { kind: 'found', version });
          }),
    download: () =>
      alone(async () => {
        if (state.kind !== 'found') throw new TesseraError('usage', 'There is nothing to download.');
        const { version } = state;
        const { signal } = (stop = new AbortController());
        become({ kind: 'downloading', version, done: 0 });
        let told = 0;
        const onProgress = (done: number): void => {
          // A window draws no more than a hundred states of a bar.
          if (signal.aborted || Math.floor(100 * done) === told) return;
          told = Math.floor(100 * done);
          become({ kind: 'downloading', version, done });
        };
        try {
          await (await updater()).download(onProgress, signal);
        } catch (error) {
          if (!signal.aborted) throw error;
          return become({ kind: 'found', version });
        }
        return become({ kind: 'ready', version });
      }),
    cancel: () => stop?.abort(),
    async install() {
      if (state.kind !== 'ready') throw new TesseraError('usage', 'There is nothing to install.');
      try {
        (await updater()).install();
      } catch (error) {
        become({ kind: 'failed', error: toErrorShape(error) });
        throw error;
      }
    },
  };
}
