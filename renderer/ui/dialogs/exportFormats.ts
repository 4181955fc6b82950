import type { ExportFormat, KeptMetadata } from '../../state/preferences.svelte.ts';

export type { ExportFormat };

export const FORMAT_CHOICES = [
  { value: 'png', label: 'PNG', hint: 'Lossless, largest file.' },
  { value: 'jpeg', label: 'JPEG', hint: 'Small files that open everywhere. No transparency.' },
  { value: 'webp', label: 'WebP', hint: 'Smallest files. Can be transparent.' },
] as const satisfies readonly { value: ExportFormat; label: string; hint: string }[];

/** PNG loses nothing, so there is nothing to choose. */
export function hasQuality(format: ExportFormat): boolean {
  return format !== 'png';
}

/** JPEG has no room for how transparent a pixel is. */
export function hasAlpha(format: ExportFormat): boolean {
  return format !== 'jpeg';
}

export const METADATA_CHOICES = [
  { value: 'keep', label: 'All', hint: "The camera's, rights and keywords, and what was done." },
  { value: 'no-location', label: 'No place', hint: 'The same, without where the picture was taken.' },
  { value: 'none', label: 'None', hint: 'Nothing but the pixels.' },
] as const satisfies readonly { value: KeptMetadata; label: string; hint: string }[];
