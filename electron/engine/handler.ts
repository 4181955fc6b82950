import type { EngineMethod, ParamsOf, ProgressOf, ResultOf } from '../../core/contract/engineApi.ts';

/** What a handler has of the call that it answers. */
export interface Call<Progress> {
  /** Aborted when the caller has no use for the answer any more; the handler throws 'aborted' then. */
  readonly signal: AbortSignal;
  /** Tells the caller how far it is; what is told may be moved, and is the handler's no longer. */
  readonly progress: (progress: Progress) => void;
}

/**
 * Answers one method. What it throws reaches the caller as an ErrorShape. Params were checked against the method's
 * schema and are the handler's own; the result may be moved.
 */
export type Handler<M extends EngineMethod> = (
  params: ParamsOf<M>,
  call: Call<ProgressOf<M>>,
) => Promise<ResultOf<M>>;

/** Who answers what. */
export type Handlers = { readonly [M in EngineMethod]: Handler<M> };
