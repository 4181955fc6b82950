import { env, InferenceSession } from './onnxruntime.ts';
import { TesseraError } from '../../core/base/errors.ts';
import type { Provider, ProviderChoice } from '../../core/model/provider.ts';
import { planProvider, PROVIDER_NAMES } from './providers.ts';
import { localSession, type Session } from './session.ts';
import { defaultThreads } from './threads.ts';

// What ORT would print to stderr reaches users as errors and messages of ours instead.
env.logLevel = 'fatal';

/** How the models of one package run. */
export interface SessionOptions {
  readonly provider?: ProviderChoice; // default 'auto'
  readonly threads?: number; // per run; default one per physical core
  /** Told once per thing that a user may want to know, such as a provider that was not to be had. */
  readonly onMessage?: (message: string) => void;
}

/** Creates sessions that share one provider: once it has failed, the models after it do not try it again. */
export interface SessionFactory {
  readonly provider: Provider;
  /**
   * Loads an ONNX model, by the path of its file or its bytes; `name` is what messages call it.
   *
   * @throws TesseraError 'package' if it is not a model that can be run
   */
  create(model: string | Uint8Array, name: string): Promise<Session>;
}

/** Names a file of a package and how to open it as a session. */
export type OpenSession = (file: string) => {
  readonly name: string;
  readonly open: () => Promise<Session>;
};

/** A factory for the sessions of one package; `create` injects how a session is made, for tests. */
export function sessionFactory(
  options: SessionOptions = {},
  create: (
    model: string | Uint8Array,
    options: InferenceSession.SessionOptions,
  ) => Promise<InferenceSession> = createSession,
): SessionFactory {
  const threads = options.threads ?? defaultThreads();
  const plan = planProvider(options.provider ?? 'auto');
  let provider = plan.first;
  if (plan.message !== null) options.onMessage?.(plan.message);

  async function createOrFallBack(model: string | Uint8Array): Promise<InferenceSession> {
    if (provider === 'cpu') return create(model, ortOptions('cpu', threads));
    const tried = provider;
    try {
      return await create(model, ortOptions(tried, threads));
    } catch {
      const session = await create(model, ortOptions('cpu', threads));
      // Only now is it sure that the provider failed, and not the model.
      if (provider === tried) {
        provider = 'cpu';
        options.onMessage?.(`${PROVIDER_NAMES[tried]} could not be used, so the CPU is used.`);
      }
      return session;
    }
  }

  return {
    get provider() {
      return provider;
    },
    async create(model, name) {
      try {
        return localSession(await createOrFallBack(model));
      } catch (cause) {
        throw new TesseraError(
          'package',
          `${name} is not a model that can be loaded.`,
          'Install the package again, or ask its author for a corrected one.',
          { cause },
        );
      }
    },
  };
}

const createSession = (model: string | Uint8Array, options: InferenceSession.SessionOptions) =>
  typeof model === 'string'
    ? InferenceSession.create(model, options)
    : InferenceSession.create(model, options);

function ortOptions(provider: Provider, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential', // DirectML needs it, and our graphs have nothing to run side by side
    enableMemPattern: provider !== 'dml', // DirectML refuses it
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    extra: {
      session: {
        use_deterministic_compute: '1',
        // Spinning threads lose on a busy machine, and the engine shares it with the window.
        intra_op: { allow_spinning: '0' },
        inter_op: { allow_spinning: '0' },
      },
    },
  };
}
