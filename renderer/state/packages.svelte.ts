import { nameWithVersion } from '../../core/model/packageName.ts';
import type { BrokenPackage, PackageInfo } from '../../core/contract/packageApi.ts';

/** The packages of this machine and of servers, and whether the one in use is ready. */
export class Packages {
  list = $state.raw<readonly PackageInfo[]>([]);
  loading = $state<string | null>(null); // ref
  /** What lies among this user's packages and cannot be used, and how much their disk can take, bytes; as last looked at. */
  broken = $state.raw<readonly BrokenPackage[]>([]);
  free = $state.raw<number | null>(null);

  byRef(ref: string): PackageInfo | null {
    const found = this.list.find((info) => info.ref === ref);
    return found ?? this.list.find((info) => info.server === null && nameWithVersion(info) === ref) ?? null;
  }

  /** Puts in what is newly known of a package. */
  update(info: PackageInfo): void {
    this.list = [...this.list.filter(({ ref }) => ref !== info.ref), info].sort(
      (a, b) => (a.server ?? '').localeCompare(b.server ?? '') || (a.ref < b.ref ? -1 : 1),
    );
  }
}
