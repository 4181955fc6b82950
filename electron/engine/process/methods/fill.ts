import { fillRegions } from '../../fillRegions.ts';
import { createPacer } from '../../previews/pacer.ts';
import type { Handler } from '../handler.ts';
import type { PackageStore } from '../packages/packageStore.ts';
import { createLane } from '../rpc/lane.ts';

/** Fills wait for one another; everything else goes on between their steps. */
export function fillMethod(packages: PackageStore): Handler<'fill.run'> {
  const lane = createLane();
  return (params, { signal, progress }) =>
    lane.run(signal, () =>
      packages.use(params.package, signal, (model) => {
        let done = 0;
        return fillRegions(model, params, {
          signal,
          onStep(frame, { steps, candidates }) {
            const ids = candidates.map((candidate) => candidate.ids);
            progress({ kind: 'step', frame, done: ++done, total: steps * params.frames.length, ids });
          },
          previews: {
            pacer: createPacer(),
            show(frame, candidate, patch) {
              progress({ kind: 'preview', frame, candidate, patch });
            },
          },
        });
      }),
    );
}
