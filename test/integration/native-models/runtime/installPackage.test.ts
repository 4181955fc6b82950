import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { installPackage } from '../../../../native-models/runtime/installPackage.ts';
import { loadPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { errorOf, temporaryFolder, TINY } from './fixtures.ts';
import { zip, type ZipEntry } from './zip.ts';

const MODELS = ['encoder.onnx', 'decoder.onnx', 'denoiser.onnx'];

let destination: string;
let archive: string;
beforeEach(() => {
  const folder = temporaryFolder();
  destination = join(folder, 'packages');
  archive = join(folder, 'tiny.tspkg');
});

function entriesOf(folder: string): ZipEntry[] {
  return ['manifest.json', ...MODELS].map((name) => ({
    name,
    data: readFileSync(join(folder, name)),
    deflate: true,
  }));
}

/** Writes the tiny package as an archive, with `more` after its own entries. */
function pack(more: readonly ZipEntry[] = [], folder = TINY): void {
  writeFileSync(archive, zip([...entriesOf(folder), ...more]));
}

const evil = (name: string, more: Partial<ZipEntry> = {}): ZipEntry => ({
  name,
  data: Buffer.from('evil'),
  ...more,
});

async function refusal() {
  mkdirSync(destination, { recursive: true });
  const error = await errorOf(installPackage(archive, destination));
  expect(readdirSync(destination)).toEqual([]);
  expect(readdirSync(join(destination, '..')).sort()).toEqual(
    error.code === 'input' ? ['packages'] : ['packages', 'tiny.tspkg'],
  );
  return error;
}

describe('installPackage', () => {
  it('unpacks a package that can then be loaded', async () => {
    pack();
    const installed = await installPackage(archive, destination);
    expect(installed.folder).toBe(join(destination, 'tiny'));
    expect(readdirSync(destination)).toEqual(['tiny']);
    expect(readdirSync(installed.folder).sort()).toEqual(['manifest.json', ...MODELS].sort());
    const loaded = await loadPackage(installed.folder);
    await loaded.warmUp();
    expect(loaded.sha256).toBe(installed.sha256);
    await loaded.dispose();
  });

  it('takes the same package twice', async () => {
    pack();
    const first = await installPackage(archive, destination);
    expect(await installPackage(archive, destination)).toEqual(first);
    expect(readdirSync(destination)).toEqual(['tiny']);
  });

  it('repairs a damaged package', async () => {
    pack();
    const { folder } = await installPackage(archive, destination);
    rmSync(join(folder, 'encoder.onnx'));
    await installPackage(archive, destination);
    expect(readdirSync(folder)).toContain('encoder.onnx');
  });

  it('leaves a folder alone that is not a package', async () => {
    pack();
    mkdirSync(join(destination, 'tiny'), { recursive: true });
    writeFileSync(join(destination, 'tiny', 'diary.txt'), 'mine');
    expect((await errorOf(installPackage(archive, destination))).code).toBe('output');
    expect(readdirSync(join(destination, 'tiny'))).toEqual(['diary.txt']);
    expect(readdirSync(destination)).toEqual(['tiny']);
  });

  it('says when the destination cannot be written', async () => {
    pack();
    writeFileSync(destination, 'a file');
    const error = await errorOf(installPackage(archive, destination));
    expect(error.code).toBe('output');
    expect(error.message).toContain(`could not be installed in ${destination}`);
  });

  it('stops on request and leaves nothing', async () => {
    pack();
    expect((await errorOf(installPackage(archive, destination, { signal: { aborted: true } }))).code).toBe(
      'aborted',
    );
    expect(readdirSync(destination)).toEqual([]);
  });
});

describe('installPackage refuses', () => {
  it.each<[what: string, entry: ZipEntry, expected: RegExp]>([
    [
      '../../',
      evil('../evil.txt'),
      /contains "\.\.\/evil\.txt", which would be written outside the package, so/,
    ],
    ['a/../../', evil('a/../../evil.txt'), /which would be written outside the package/],
    ['..\\', evil('..\\evil.txt'), /which would be written outside the package/],
    ['an absolute name', evil('/tmp/evil.txt'), /contains "\/tmp\/evil\.txt", an absolute path/],
    ['a drive letter', evil('C:\\evil.txt'), /an absolute path/],
    [
      'a folder',
      evil('models/evil.onnx'),
      /contains "models\/evil\.onnx", and a package has no folders inside/,
    ],
    [
      'a control character',
      evil('a\u001b[2J.txt', { flags: 0x800 }),
      /contains "a\\u001b\[2J\.txt", which is not a plain file name/,
    ],
    ['a hidden file', evil('.profile'), /contains "\.profile", which is not a plain file name/],
    ['a link', evil('link', { mode: 0o120777 }), /contains "link", which is a link or another special file/],
    ['a device', evil('device', { mode: 0o020666 }), /which is a link or another special file/],
    ['a name twice', evil('encoder.onnx'), /contains "encoder\.onnx" twice/],
    ['a name twice in another case', evil('Encoder.onnx'), /contains "Encoder\.onnx" twice/],
    ['an encrypted file', evil('secret.onnx', { flags: 1, deflate: true }), /is encrypted/],
    [
      'a bomb',
      { name: 'bomb.bin', data: new Uint8Array(4 << 20), deflate: true },
      /unpacks to far more than it holds/,
    ],
    [
      'far too much',
      evil('huge.bin', { deflate: true, declaredSize: 0xfffffff0 }),
      /unpacks to far more than it holds/,
    ],
    ['an unlisted file', evil('notes.txt'), /contains "notes\.txt", which its manifest does not list/],
  ])('%s', async (_, entry, expected) => {
    pack([entry]);
    const error = await refusal();
    expect(error.code).toBe('package');
    expect(error.message).toMatch(expected);
  });

  it('more files than a package ever has', async () => {
    pack(Array.from({ length: 1001 }, (_, i) => evil(`f${i}`)));
    expect((await refusal()).message).toMatch(/contains more than 1000 files/);
  });

  it('an entry that holds more than it says', async () => {
    const entries = entriesOf(TINY);
    const manifest = entries[0]!;
    writeFileSync(
      archive,
      zip([{ ...manifest, declaredSize: manifest.data.length - 1 }, ...entries.slice(1)]),
    );
    expect((await refusal()).message).toMatch(/tiny\.tspkg is damaged\./);
  });

  it('an archive cut off anywhere', async () => {
    pack();
    const whole = readFileSync(archive);
    for (const share of [0, 0.1, 0.5, 0.9, 0.99]) {
      writeFileSync(archive, whole.subarray(0, Math.floor(whole.length * share)));
      const error = await refusal();
      expect(error.code).toBe('package');
      expect(error.message).toBe(`${archive} is not a complete package archive.`);
    }
  });

  it('an archive with any one byte changed, or installs it whole', async () => {
    pack();
    const whole = readFileSync(archive);
    for (let at = 0; at < whole.length; at += 37) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 0x55;
      writeFileSync(archive, bytes);
      const outcome = await installPackage(archive, destination).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'TesseraError', code: 'package' });
      rmSync(destination, { recursive: true, force: true });
    }
  });

  it('text that is called .tspkg, a folder, and a file that is not there', async () => {
    writeFileSync(archive, 'hello');
    expect((await refusal()).message).toBe(`${archive} is not a complete package archive.`);
    rmSync(archive);
    expect(await refusal()).toMatchObject({ code: 'input', message: `There is no file ${archive}.` });
    cpSync(TINY, archive, { recursive: true });
    expect((await errorOf(installPackage(archive, destination))).code).toBe('input');
  });

  it('an archive without a manifest, or without a file that it lists', async () => {
    writeFileSync(archive, zip(entriesOf(TINY).slice(1)));
    expect((await refusal()).message).toMatch(/has no manifest\.json/);
    writeFileSync(archive, zip(entriesOf(TINY).slice(0, -1)));
    expect((await refusal()).message).toMatch(/lacks "denoiser\.onnx", which its manifest lists/);
  });

  it('files that are not what the manifest says', async () => {
    const entries = entriesOf(TINY);
    const data = Buffer.from(entries[3]!.data);
    data[100]! ^= 1;
    writeFileSync(archive, zip([...entries.slice(0, 3), { ...entries[3]!, data }]));
    expect((await refusal()).message).toMatch(
      /^denoiser\.onnx of the package tiny is damaged or was changed/,
    );
    writeFileSync(archive, zip([...entries.slice(0, 3), { ...entries[3]!, data: data.subarray(1) }]));
    expect((await refusal()).message).toMatch(
      /holds "denoiser\.onnx" with \d+ bytes where its manifest says \d+/,
    );
  });

  it('a newer manifest format with advice', async () => {
    const entries = entriesOf(TINY);
    writeFileSync(
      archive,
      zip([{ name: 'manifest.json', data: Buffer.from('{"format":2}') }, ...entries.slice(1)]),
    );
    expect(await refusal()).toMatchObject({
      message: `The manifest of ${archive} has format 2, and this version of Tessera reads format 1.`,
      hint: 'Update Tessera.',
    });
  });
});
