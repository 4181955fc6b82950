import { fillRegions } from '../../../../core/fill/fillRegions.ts';
import { createPacer } from '../../../../core/fill/previews/pacer.ts';
import type { Handler } from '../handler.ts';
import type { PackageStore } from '../packages/packageStore.ts';
import { createLane } from '../rpc/lane.ts';

/** Fills wait for one another; everything else goes on between their steps. */
export function fillMethod(packages: PackageStore): Handler<'fill.run'> {
  const lane = createLane();
  return (params, { signal, progress }) =>
    lane.run(signal, () =>
      packages.use(params.package, signal, (model) => {
        let at: { frame: number; ids: Int32Array[] } = { frame: 0, ids: [] };
        return fillRegions(model, params, {
          signal,
          onStep(frame, { candidates }) {
            at = { frame, ids: candidates.map(({ ids }) => ids) };
          },
          onProgress({ done, total }) {
            progress({ kind: 'step', ...at, done, total });
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
