import type { ListedPackage } from '../../../native-models/runtime/findPackages.ts';
import type { PackageFolder } from '../../../native-models/runtime/packageFolder.ts';
import { asSentences } from '../shared/sentence.ts';
import { bytesText, table } from '../shared/text.ts';

/** What there is to know about a package without loading its models. */
export interface PackageDetails {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly sha256: string;
  readonly folder: string;
  readonly size: number; // bytes
  readonly codes: number;
  readonly downsample: number; // model px per token
  readonly window: { readonly min: number; readonly max: number }; // tokens per side
  readonly provenance: Readonly<Record<string, unknown>>;
}

export function packageDetails({ folder, manifest, sha256 }: PackageFolder): PackageDetails {
  const { id, name, version, license, provenance, tokenizer, denoiser, files } = manifest;
  return {
    id,
    name,
    version,
    license,
    sha256,
    folder,
    size: Object.values(files).reduce((sum, file) => sum + file.bytes, 0),
    codes: tokenizer.codebook.size,
    downsample: tokenizer.downsample,
    window: { min: denoiser.window.min, max: denoiser.window.max },
    provenance,
  };
}

/** The details for a person. */
export function packageText(details: PackageDetails): string {
  const { id, name, version, license, size, codes, downsample, window, folder } = details;
  const rows = [
    ['name', name],
    ['licence', license],
    ['size', bytesText(size)],
    [
      'tokens',
      `${codes} codes of ${downsample} x ${downsample} px, windows of ${window.min} to ${window.max} a side`,
    ],
    ['folder', folder],
  ] as const;
  return `${id} ${version}\n${table(rows).replace(/^/gm, '  ')}`;
}

/** One entry of a listing, broken ones with their problem. */
export function listedText({ folder, opened, problem }: ListedPackage): string {
  return opened === null
    ? `BROKEN ${folder}\n  ${asSentences(problem)}`
    : packageText(packageDetails(opened));
}
