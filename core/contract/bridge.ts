import type { ErrorShape } from '../base/errors.ts';
import { type Locale, localeFor } from '../texts/locales.ts';
import type { EngineMethod } from './engineApi.ts';
import type { GivenFile, MainApi, MainEvents, MainMethod } from './mainApi.ts';

/** The channels between main and the window; they are named only here. */
export const CHANNELS = {
  call: 'tessera:call',
  event: 'tessera:event',
  port: 'tessera:port',
  dropped: 'tessera:dropped', // the path of a dropped file; the page itself cannot send on it
} as const;

/** How a call's outcome crosses: errors keep their shape, which Electron's own serialisation would lose. */
export type Outcome<T> = { readonly ok: T } | { readonly error: ErrorShape };

/** What the preload script puts on `window.tessera`; all that the window has of the outside world. */
export interface Bridge {
  call<M extends MainMethod>(method: M, params: MainApi[M]['params']): Promise<Outcome<MainApi[M]['result']>>;
  /** Returns the function that stops listening. */
  on<E extends keyof MainEvents>(event: E, listener: (payload: MainEvents[E]) => void): () => void;
  /** A file or a folder that was dropped onto the window. The argument is a DOM File; core has no name for it. */
  dropped(file: unknown): Promise<Outcome<GivenFile[]>>;
  /** The languages that are known before anything can be asked. */
  readonly locales: WindowLocales;
}

export interface WindowLocales {
  readonly system: Locale;
  readonly spoken: Locale; // when the window opens
}

/** How main gives them to the preload script: an argument of its process. */
export function localesArgument(locales: WindowLocales): string {
  return `${LOCALES_ARGUMENT}${locales.system},${locales.spoken}`;
}

/** English where there is no such argument. */
export function localesIn(args: readonly string[]): WindowLocales {
  const given = args.find((arg) => arg.startsWith(LOCALES_ARGUMENT))?.slice(LOCALES_ARGUMENT.length);
  const [system = 'en', spoken = 'en'] = (given ?? '').split(',').map((tag) => localeFor([tag]));
  return { system, spoken };
}

const LOCALES_ARGUMENT = '--tessera-locales=';

/** The two processes beside main that the window asks, each by a port of its own; see engineHost.ts. */
export type Helper = 'engine' | 'recovery';

/** A helper's end of a fresh port arrives as a window message with this data and one port. */
export const PORT_MESSAGES: Readonly<Record<Helper, string>> = {
  engine: 'tessera:engine-port',
  recovery: 'tessera:recovery-port',
};

/** Who answers a method: what must not wait for a fill has a process of its own. */
export function helperFor(method: EngineMethod): Helper {
  return /^(project|recovery)\./.test(method) ? 'recovery' : 'engine';
}
