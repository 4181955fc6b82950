import { promptTaken, windowOf } from '../../../core/model/manifest.ts';
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
  readonly fills: boolean; // whether it has a denoiser
  readonly window: { readonly min: number; readonly max: number }; // tokens per side
  readonly words: readonly string[] | null; // that a prompt may have; null where any will do, or none
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
    fills: denoiser !== undefined,
    window: windowOf(manifest),
    words: promptTaken(manifest)?.words ?? null,
    provenance,
  };
}

/** The details for a person. */
export function packageText(details: PackageDetails): string {
  const { id, name, version, license, size, codes, downsample, fills, window, folder } = details;
  const seen = `windows of ${window.min === window.max ? '' : `${window.min} to `}${window.max} a side`;
  const rows = [
    ['name', name],
    ['licence', license],
    ['size', bytesText(size)],
    ['tokens', `${codes} codes of ${downsample} x ${downsample} px`],
    ['fills', fills ? `yes, ${seen}` : 'no: it has no denoiser, and its tokens can only be painted'],
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

/** All that a package says of itself. */
export function allText(opened: PackageFolder): string {
  const { provenance, files, denoiser } = opened.manifest;
  const details = packageDetails(opened);
  const { words } = details;
  const origin = Object.entries(provenance).map(
    ([what, value]) => [what, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  const listed = Object.entries(files).map(([name, { bytes }]) => [name, bytesText(bytes)] as const);
  const parts = [
    packageText(details),
    `  sha256  ${opened.sha256}`,
    ...(denoiser ? [`  trained with ${denoiser.steps} steps`] : []),
    ...(words ? [`  words   ${words.join(', ')}`] : []),
    ...(origin.length > 0 ? [table(origin).replace(/^/gm, '  ')] : []),
    table(listed).replace(/^/gm, '  '),
  ];
  return parts.join('\n');
}
