import { decimalText, numberText } from '../../state/texts.svelte.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** '2400 × 1350 px'. */
export function pixelsText({ width, height }: Size): string {
  return `${width} × ${height} px`;
}

/** '3.2 MP', for pictures too large to judge by their sides. */
export function megapixelsText({ width, height }: Size): string {
  const megapixels = (width * height) / 1e6;
  return `${decimalText(megapixels, megapixels < 10 ? 1 : 0)} MP`;
}

/** '24 × 18 tokens'. */
export function gridText({ columns, rows }: { readonly columns: number; readonly rows: number }): string {
  return `${columns} × ${rows} tokens`;
}

/** '64 × 36', of tokens. */
export function tokensText({ width, height }: Size): string {
  return `${width} × ${height}`;
}

/** 'row 3, column 5': counted from 0, as in token files. */
export function cellText(cell: number, width: number): string {
  return `row ${Math.floor(cell / width)}, column ${cell % width}`;
}

/** '812 KB', '14.2 MB': memory, in powers of 1000 as the platforms' file managers count. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  if (bytes < 999_950_000) return `${decimalText(bytes / 1e6, 1)} MB`;
  return `${decimalText(bytes / 1e9, 1)} GB`;
}

/** '67 %', with a decimal where a whole number would say too little. */
export function percentText(share: number): string {
  const percent = share * 100;
  return `${numberText(percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent))} %`;
}

/** Picture px per model px, such as '1', '1.5' or '1.13'. */
export function scaleText(scale: number): string {
  return numberText(Number(scale.toFixed(2)));
}

/** '62 %', '3.4 %', `< ${numberText(0.1)} %`: a probability, which is never shown as nothing while it is something. */
export function chanceText(probability: number): string {
  return probability > 0 && probability < 0.001 ? `< ${numberText(0.1)} %` : percentText(probability);
}

/** '2.5°', '−90°': clockwise. */
export function angleText(degrees: number): string {
  return `${numberText(Number(degrees.toFixed(1)))}°`.replace('-', '−');
}

/** '5.2 bits'. */
export function bitsText(bits: number): string {
  return `${decimalText(bits, 1)} bits`;
}

/** '6.1 levels': of the 255 that a channel has. */
export function levelsText(levels: number): string {
  return `${decimalText(levels, 1)} levels`;
}
