import type { PackageInfo } from '../../../../core/contract/packageApi.ts';
import { type Manifest, windowOf } from '../../../../core/model/manifest.ts';

/** What is known of a package beside what it says of itself. */
export interface PackagePlace {
  readonly sha256: string;
  readonly provider: string; // where it runs; '' before it was loaded
  readonly own: boolean; // this user's
}

/** What the window wants to know of a package. */
export function packageInfo(manifest: Manifest, { sha256, provider, own }: PackagePlace): PackageInfo {
  const { id, name, version, license, tokenizer, denoiser, palette, files } = manifest;
  return {
    id,
    sha256,
    name,
    version,
    license,
    provider,
    codes: tokenizer.codebook.size,
    downsample: tokenizer.downsample,
    minSize: tokenizer.minSize,
    fills: denoiser !== undefined,
    window: windowOf(manifest),
    palette,
    bytes: Object.values(files).reduce((sum, file) => sum + file.bytes, 0),
    own,
  };
}
