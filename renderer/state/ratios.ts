import type { Size } from '../../core/base/geometry.ts';

/** The shapes that a crop or an extension can be held to, by how wide they are for their height. */
export const RATIOS = [
  { id: 'free', label: 'Free', value: null },
  { id: 'original', label: 'As it is', value: 'picture' },
  { id: '1:1', label: '1:1', value: 1 },
  { id: '4:3', label: '4:3', value: 4 / 3 },
  { id: '3:2', label: '3:2', value: 3 / 2 },
  { id: '16:9', label: '16:9', value: 16 / 9 },
  { id: '2:1', label: '2:1', value: 2 },
  { id: '21:9', label: '21:9', value: 21 / 9 },
  { id: '3:4', label: '3:4', value: 3 / 4 },
  { id: '2:3', label: '2:3', value: 2 / 3 },
  { id: '9:16', label: '9:16', value: 9 / 16 },
] as const;

export type RatioId = (typeof RATIOS)[number]['id'];

/** Width by height, for a picture of a size; null where any will do. */
export function ratioOf(id: RatioId, { width, height }: Size): number | null {
  const value = RATIOS.find((ratio) => ratio.id === id)?.value ?? null;
  return value === 'picture' ? width / height : value;
}
