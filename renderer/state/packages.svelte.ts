import type { PackageInfo } from '../../core/contract/packageApi.ts';

/** The packages that are installed, and whether the one in use is ready. */
export class Packages {
  list = $state.raw<readonly PackageInfo[]>([]);
  loading = $state<string | null>(null); // id

  byId(id: string): PackageInfo | null {
    return this.list.find((info) => info.id === id) ?? null;
  }

  /** Puts in what is newly known of a package. */
  update(info: PackageInfo): void {
    this.list = [...this.list.filter(({ id }) => id !== info.id), info].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
  }
}
