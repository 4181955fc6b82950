import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  embeddedPackages,
  findInstalled,
  findPackage,
  listPackages,
} from '../../../../native-models/runtime/findPackages.ts';
import { loadPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { changedTiny, errorOf, temporaryFolder, TINY } from './fixtures.ts';

const model = (name: string) => readFileSync(join(TINY, name));

describe('loadPackage refuses', () => {
  it('a folder without a package, and one that does not exist', async () => {
    const empty = temporaryFolder();
    for (const folder of [empty, join(empty, 'nowhere')]) {
      const error = await errorOf(loadPackage(folder));
      expect(error).toMatchObject({ code: 'package', hint: 'Choose a folder that holds a package.' });
      expect(error.message).toBe(`There is no package in ${folder}: it has no manifest.json.`);
    }
  });

  it('a file that is missing', async () => {
    const folder = changedTiny();
    rmSync(join(folder, 'decoder.onnx'));
    expect(await errorOf(loadPackage(folder))).toEqual({
      code: 'package',
      message: 'decoder.onnx of the package tiny is missing.',
      hint: 'Repair it in the Model panel, or with "tessera packages repair".',
    });
  });

  it('a file of another size', async () => {
    const folder = changedTiny();
    appendFileSync(join(folder, 'encoder.onnx'), 'x');
    const bytes = model('encoder.onnx').length;
    expect((await errorOf(loadPackage(folder))).message).toBe(
      `encoder.onnx of the package tiny has ${bytes + 1} bytes, and its manifest says ${bytes}.`,
    );
  });

  it('a file whose contents changed', async () => {
    const folder = changedTiny();
    const bytes = model('denoiser.onnx');
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(folder, 'denoiser.onnx'), bytes);
    expect((await errorOf(loadPackage(folder))).message).toBe(
      'denoiser.onnx of the package tiny is damaged or was changed: its SHA-256 is not the one in the manifest.',
    );
  });

  it('a manifest that is not valid, naming the package', async () => {
    const folder = changedTiny({
      manifest(manifest) {
        manifest.denoiser!.maskId = 3;
      },
    });
    expect((await errorOf(loadPackage(folder))).message).toBe(
      `The manifest of the package in ${folder} is not valid: denoiser.maskId must be outside the codebook, so at least 8.`,
    );
  });

  it('nothing when stopped, but says so', async () => {
    expect((await errorOf(loadPackage(TINY, { signal: { aborted: true } }))).code).toBe('aborted');
  });
});

describe('the first use refuses', () => {
  const firstUse = async (folder: string) => {
    const loaded = await loadPackage(folder);
    const error = await errorOf(loaded.warmUp());
    await loaded.dispose();
    expect(error.code).toBe('package');
    return error.message;
  };

  it('a denoiser that takes no timestep where its manifest has one', async () => {
    const folder = changedTiny({
      manifest(manifest) {
        manifest.denoiser!.timestep = true;
      },
    });
    expect(await firstUse(folder)).toContain('it has no input "t"');
  });

  it('a file that is not a model', async () => {
    const message = await firstUse(changedTiny({ files: { 'encoder.onnx': Buffer.from('not a model') } }));
    expect(message).toMatch(/^encoder\.onnx of the package tiny is not a model that can be loaded\.$/);
  });

  it('a model of the wrong kind', async () => {
    expect(await firstUse(changedTiny({ files: { 'encoder.onnx': model('decoder.onnx') } }))).toBe(
      'encoder.onnx of the package tiny does not fit its manifest: it has no input "image".',
    );
  });

  it('an encoder that does not shrink as the manifest says', async () => {
    const folder = changedTiny({
      manifest(manifest) {
        manifest.tokenizer.downsample = 4;
      },
    });
    expect(await firstUse(folder)).toBe(
      'encoder.onnx of the package tiny does not fit its manifest: its output "ids" has the shape [1, 2, 2] where [1, 4, 4] is expected.',
    );
  });

  it('an encoder that gives codes outside the codebook', async () => {
    const folder = changedTiny({
      manifest(manifest) {
        manifest.tokenizer.codebook.size = 4;
        manifest.tokenizer.pixelRange = [20, 21];
        manifest.palette = { order: [3, 2, 1, 0], colors: Array.from({ length: 4 }, () => '#000000') };
      },
    });
    expect(await firstUse(folder)).toBe(
      'encoder.onnx of the package tiny does not fit its manifest: it gives code 7 and the codebook has 4 codes.',
    );
  });

  it('a decoder with a smaller codebook', async () => {
    const folder = changedTiny({
      manifest(manifest) {
        manifest.tokenizer.codebook.size = 9;
        manifest.denoiser!.maskId = 9;
        manifest.palette.order.push(8);
        manifest.palette.colors.push('#ffffff');
      },
    });
    expect(await firstUse(folder)).toMatch(
      /^decoder\.onnx of the package tiny does not fit its manifest: it fails on a small input\.$/,
    );
  });

  it('a denoiser with another codebook', async () => {
    const folder = changedTiny({
      manifest(manifest) {
        manifest.tokenizer.codebook.size = 4;
        manifest.palette = { order: [3, 2, 1, 0], colors: Array.from({ length: 4 }, () => '#000000') };
      },
    });
    expect(await firstUse(folder)).toBe(
      'denoiser.onnx of the package tiny does not fit its manifest: its output "logits" is float32 [M, 8] where float32 […, 4] is expected.',
    );
  });

  it('a mask id that the denoiser has no embedding for', async () => {
    const folder = changedTiny({
      manifest(manifest) {
        manifest.denoiser!.maskId = 9;
      },
    });
    expect(await firstUse(folder)).toMatch(
      /^denoiser\.onnx of the package tiny does not fit its manifest: it fails on a small input\.$/,
    );
  });

  it('the same model again, with the same sentence', async () => {
    const loaded = await loadPackage(changedTiny({ files: { 'encoder.onnx': Buffer.from('not a model') } }));
    const first = await errorOf(loaded.warmUp());
    expect(await errorOf(loaded.warmUp())).toEqual(first);
    await loaded.dispose();
  });
});

describe('listPackages and findPackage', () => {
  const folders = () => {
    const folder = temporaryFolder();
    cpSync(TINY, join(folder, 'tiny'), { recursive: true });
    cpSync(TINY, join(folder, 'broken'), { recursive: true });
    rmSync(join(folder, 'broken', 'encoder.onnx'));
    cpSync(TINY, join(folder, '.installing-abc'), { recursive: true });
    writeFileSync(join(folder, 'README.md'), 'Packages live here.');
    return folder;
  };

  it('lists a broken package with its problem and the sound ones beside it', async () => {
    const folder = folders();
    const listed = await listPackages([folder, join(folder, 'nowhere')]);
    expect(listed.map((each) => [each.folder, each.opened?.manifest.id, each.problem?.message])).toEqual([
      [join(folder, 'broken'), undefined, 'encoder.onnx of the package tiny is missing.'],
      [join(folder, 'tiny'), 'tiny', undefined],
    ]);
  });

  it('finds a package by its id or by a path', async () => {
    const folder = folders();
    expect(await findPackage('tiny', [folder])).toBe(join(folder, 'tiny'));
    expect(await findPackage(TINY, [])).toBe(TINY);
  });

  it('takes a path for no id where only installed packages may be used', async () => {
    const folder = folders();
    expect(await findInstalled('tiny', [folder])).toBe(join(folder, 'tiny'));
    for (const name of [TINY, join(folder, 'tiny'), '../tiny', './tiny', '.', '..']) {
      expect(await errorOf(findInstalled(name, [folder]))).toMatchObject({ code: 'package' });
    }
  });

  it.runIf(process.getuid?.() !== undefined)(
    'finds the other packages where a folder cannot be read',
    async () => {
      const folder = folders();
      expect(await findInstalled('tiny', ['/dev/null/packages', folder])).toBe(join(folder, 'tiny'));
      const link = join(temporaryFolder(), 'circle');
      symlinkSync(link, link);
      const listed = await listPackages([link, folder]);
      expect(listed[0]).toMatchObject({
        folder: link,
        problem: { message: `The folder ${link} cannot be read.` },
      });
      expect(listed).toHaveLength(3);
    },
  );

  it('says what is installed where there is no such package, and what is wrong with a broken one', async () => {
    const folder = folders();
    expect(await errorOf(findPackage('churches', [folder]))).toEqual({
      code: 'package',
      message: 'There is no package called "churches".',
      hint: 'These are installed: tiny.',
    });
    expect((await errorOf(findPackage('broken', [folder]))).message).toBe(
      'encoder.onnx of the package tiny is missing.',
    );
    expect((await errorOf(findPackage('x', []))).hint).toBe('No package is installed.');
  });

  it('knows where the packages lie that come with Tessera', () => {
    expect(embeddedPackages('/opt/tessera')).toBe(join('/opt/tessera', 'native-models', 'packages'));
  });
});
