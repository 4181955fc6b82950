import type { Abort } from '../../core/base/abort.ts';
import type { InferenceSession, Tensor } from './onnxruntime.ts';

export type Feeds = Readonly<Record<string, Tensor>>;
export type Results = InferenceSession.OnnxValueMapType;

/** A model that can be run, wherever that happens. */
export interface Session extends Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'> {
  /** @param signal seen while the model runs, where it can be interrupted */
  run(feeds: Feeds, signal?: Abort): Promise<Results>;
  release(): Promise<void>;
}

/** A session of ONNX Runtime, which cannot be interrupted. */
export function localSession(session: InferenceSession): Session {
  return {
    inputMetadata: session.inputMetadata,
    outputMetadata: session.outputMetadata,
    run: (feeds) => session.run(feeds),
    release: () => session.release(),
  };
}
