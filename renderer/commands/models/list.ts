import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import { nameWithVersion } from '../../../core/model/packageName.ts';
import type { Editor } from '../../state/editor.svelte.ts';

/**
 * Learns anew which packages there are. What was chosen stays chosen, also where it is called otherwise now, as when a newer
 * version came.
 */
export async function listPackages({ engine, packages, fillSettings, documents }: Editor): Promise<void> {
  const before = packages.list;
  const after = await engine.call('package.list', null);
  packages.list = after;
  const now = (ref: string): string => calledNow(ref, before, after);
  fillSettings.package = now(fillSettings.package);
  for (const document of documents) if (document.package !== null) document.package = now(document.package);
}

/** Learns what lies among the packages and cannot be used, and how much the disk can take. */
export async function lookAtDisk({ engine, packages }: Editor): Promise<void> {
  [packages.broken, packages.free] = await Promise.all([
    engine.call('package.broken', null),
    engine.call('package.space', null),
  ]);
}

function calledNow(ref: string, before: readonly PackageInfo[], after: readonly PackageInfo[]): string {
  const was = before.find((info) => info.ref === ref);
  const is = after.find((info) => info.ref === ref);
  if (was && is?.sha256 !== was.sha256) {
    const same = after.find(({ sha256, server }) => sha256 === was.sha256 && server === was.server);
    if (same) return same.ref;
  }
  // Of several versions one is left, and needs none in its name.
  return is ? ref : (after.find((info) => info.server === null && nameWithVersion(info) === ref)?.ref ?? ref);
}
