import type { PackageInfo } from '../../core/contract/packageApi.ts';

/** The packages of this machine and of servers, and whether the one in use is ready. */
export class Packages {
  list = $state.raw<readonly PackageInfo[]>([]);
  loading = $state<string | null>(null); // ref

  byRef(ref: string): PackageInfo | null {
    return this.list.find((info) => info.ref === ref) ?? null;
  }

  /** Puts in what is newly known of a package. */
  update(info: PackageInfo): void {
    this.list = [...this.list.filter(({ ref }) => ref !== info.ref), info].sort(
      (a, b) => (a.server ?? '').localeCompare(b.server ?? '') || (a.id < b.id ? -1 : 1),
    );
  }
}
