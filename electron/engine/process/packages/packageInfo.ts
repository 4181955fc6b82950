import type { PackageInfo } from '../../../../core/contract/engineApi.ts';
import { type Manifest, windowOf } from '../../../../core/model/manifest.ts';

/** What the window wants to know of a package. @param provider where it runs; '' before it was loaded */
export function packageInfo(manifest: Manifest, sha256: string, provider: string): PackageInfo {
  const { id, name, version, license, tokenizer, denoiser, palette } = manifest;
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
  };
}
