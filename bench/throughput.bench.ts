import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeMask } from '../electron/io/masks.ts';
import { writePicture } from '../electron/io/writePicture.ts';
import { serve } from '../test/integration/native-models/runtime/server/standIn.ts';
import { benchOptions, report, round } from './report.ts';
import { centredSquare, rectangle, samplePicture } from './support.ts';

const PICTURES = 16;
const SIDE = 64; // px
const SLEEP = 300; // ms that a server takes for a step

/**
 * What a second server is worth: many small pictures are filled by `tessera fill` with one server and with two, whose models do
 * nothing but sleep, so that this machine's cores say little. The start of the engines is told apart.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const { out } = benchOptions(args);
  const tiny = path.join(root, 'test', 'fixtures', 'tiny-package', 'tiny');
  const folder = await mkdtemp(path.join(tmpdir(), 'tessera-throughput-'));
  const servers = [await serve(tiny, 'tiny', { sleep: SLEEP }), await serve(tiny, 'tiny', { sleep: SLEEP })];
  try {
    const photos = await writePhotos(root, folder);
    const fill = async (count: number) => {
      const there = servers.slice(0, count).flatMap(({ url }) => ['--server', url]);
      const results = path.join(folder, `with-${count}/`);
      const line = [
        'fill',
        photos,
        '--mask',
        photos,
        '--out',
        results,
        '--package',
        tiny,
        '--preset',
        'draft',
        '--json',
        ...there,
      ];
      const started = performance.now();
      const { stdout } = await promisify(execFile)(process.execPath, [
        path.join(root, 'build', 'tessera.mjs'),
        ...line,
      ]);
      const { timings } = JSON.parse(stdout) as { timings: { load: number; total: number } };
      return { whole: performance.now() - started, filling: timings.total - timings.load };
    };
    const [one, two] = [await fill(1), await fill(2)];
    const row = (name: string, { whole, filling }: typeof one) => ({
      servers: name,
      'pictures per minute': round((60_000 * PICTURES) / filling),
      'with the start': round((60_000 * PICTURES) / whole),
    });
    report(
      'throughput',
      [
        row('1', one),
        row('2', two),
        {
          servers: '2 / 1',
          'pictures per minute': round(one.filling / two.filling),
          'with the start': round(one.whole / two.whole),
        },
      ],
      out,
    );
    return 0;
  } finally {
    for (const server of servers) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Small pictures with their masks beside them. */
async function writePhotos(root: string, folder: string): Promise<string> {
  const photos = path.join(folder, 'photos');
  await mkdir(photos);
  const picture = await samplePicture(root, SIDE, SIDE);
  const mask = rectangle(picture, centredSquare(picture, 0.25));
  for (let i = 0; i < PICTURES; i++) {
    await writePicture(path.join(photos, `${i}.png`), picture);
    await writeMask(path.join(photos, `${i}-mask.png`), mask);
  }
  return photos;
}
