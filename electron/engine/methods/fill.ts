import { fillFrames } from '../../../core/fill/fillFrames.ts';
import { createPacer } from '../../../core/fill/previews.ts';
import type { Handler } from '../handler.ts';
import type { PackageStore } from '../packages/packageStore.ts';
import { createSerialQueue } from '../rpc/serialQueue.ts';

/** Fills wait for one another; everything else goes on between their steps. */
export function fillMethod(packages: PackageStore): Handler<'fill.run'> {
  const queue = createSerialQueue();
  return (params, { signal, progress }) =>
    queue.run(signal, () =>
      packages.predict(params.package, signal, (model) =>
        fillFrames(model, params, { signal, onProgress: progress, pacer: createPacer() }),
      ),
    );
}
