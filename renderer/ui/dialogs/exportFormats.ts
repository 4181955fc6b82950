import type { PictureToWrite } from '../../../core/contract/engineApi.ts';

export type ExportFormat = PictureToWrite['format'];

export const FORMAT_CHOICES = [
  { value: 'png', label: 'PNG', hint: 'Every pixel as it is; the largest files.' },
  { value: 'jpeg', label: 'JPEG', hint: 'Small files that open everywhere; not transparent.' },
  { value: 'webp', label: 'WebP', hint: 'The smallest files; transparent if wanted.' },
] as const satisfies readonly { value: ExportFormat; label: string; hint: string }[];

/** PNG loses nothing, so there is nothing to choose. */
export function hasQuality(format: ExportFormat): boolean {
  return format !== 'png';
}

/** JPEG has no room for how transparent a pixel is. */
export function hasAlpha(format: ExportFormat): boolean {
  return format !== 'jpeg';
}
