import { listSupportedBackends } from './onnxruntime.ts';
import type { Provider, ProviderChoice } from '../../core/model/provider.ts';

/** What users call each provider. */
export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  cpu: 'the CPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'CoreML',
  server: 'a server',
};

/** One execution provider of onnxruntime-node; `bundled` ones come with it, others need libraries of the system. */
export interface Backend {
  readonly name: string;
  readonly bundled: boolean;
}

/** The providers that onnxruntime-node offers on this platform, the CPU always among them. */
export function availableProviders(
  backends: readonly Backend[] = listSupportedBackends(),
): readonly Provider[] {
  const offered = new Set(backends.map((backend) => backend.name));
  return (['cuda', 'dml', 'coreml', 'cpu'] as const).filter((name) => name === 'cpu' || offered.has(name));
}

/** Which provider to try first, and what to tell the user about it, if anything. */
export interface ProviderPlan {
  readonly first: Provider;
  readonly message: string | null;
}

/**
 * Turns a choice into a plan. `auto` takes DirectML where it is bundled (Windows) and the CPU elsewhere: CUDA's
 * libraries may be absent although it is offered, and windows of many sizes are dynamic shapes, which ONNX Runtime's
 * documentation calls slow on CoreML. Both are one explicit choice away.
 */
export function planProvider(
  choice: ProviderChoice,
  backends: readonly Backend[] = listSupportedBackends(),
): ProviderPlan {
  if (choice === 'auto') {
    const directMl = backends.some(({ name, bundled }) => name === 'dml' && bundled);
    return { first: directMl ? 'dml' : 'cpu', message: null };
  }
  if (availableProviders(backends).includes(choice)) return { first: choice, message: null };
  return {
    first: 'cpu',
    message: `${PROVIDER_NAMES[choice]} is not available on this system, so the CPU is used.`,
  };
}
