import { membrane } from '../core/pixels/membrane.ts';
import { benchOptions, measure, report, type Row } from './report.ts';

const SIDE = 1000; // px of the hole: 1 MP

/** How long the membrane takes over a hole of 1 MP, three channels, on one core: under 150 ms. */
export async function main(args: string[]): Promise<number> {
  const options = benchOptions(args);
  const rows: Row[] = [];
  for (const shape of ['square', 'ragged'] as const) {
    const width = SIDE + 2;
    const hole = { width, height: width, data: new Uint8Array(width * width) };
    let area = 0;
    for (let y = 1; y <= SIDE; y++) {
      const inset = shape === 'square' ? 0 : Math.round(60 + 50 * Math.sin(y / 9));
      hole.data.fill(255, y * width + 1 + inset, y * width + 1 + SIDE - inset);
      area += SIDE - 2 * inset;
    }
    const data = Float32Array.from({ length: 3 * width * width }, (_, i) => Math.sin(i / 50) + (i % 7) / 50);
    const times = await measure(options.runs, () => {
      membrane({ width, height: width, data: data.slice() }, hole);
    });
    rows.push({
      shape,
      'hole px': area,
      'median ms': times.median,
      'least ms': times.min,
      'worst ms': times.max,
    });
  }
  report('membrane', rows, options.out);
  return 0;
}
