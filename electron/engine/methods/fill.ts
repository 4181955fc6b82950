import type { ServerId } from '../../../core/contract/packageApi.ts';
import { serverIn } from '../../../core/contract/packageRef.ts';
import { fillFrames } from '../../../core/fill/fillFrames.ts';
import { createPacer } from '../../../core/fill/previews.ts';
import type { Handler } from '../handler.ts';
import type { PackageStore } from '../packages/packageStore.ts';
import { createSerialQueue, type SerialQueue } from '../rpc/serialQueue.ts';

/** Fills of one place, this machine or a server, wait for one another; everything else goes on between their steps. */
export function fillMethod(packages: PackageStore): Handler<'fill.run'> {
  const queues = new Map<ServerId | null, SerialQueue>(); // null for this machine
  return (params, { signal, progress }) => {
    const { package: ref } = params;
    const place = serverIn(ref);
    const queue = queues.get(place) ?? createSerialQueue();
    queues.set(place, queue);
    return queue.run(signal, () =>
      packages.predict(ref, signal, (model) =>
        fillFrames(model, params, { signal, onProgress: progress, pacer: createPacer() }),
      ),
    );
  };
}
