import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toErrorShape, type ErrorShape } from '../../../../../core/base/errors.ts';
import { recognise } from '../../../../../native-models/importers/recognise/recognise.ts';
import { tamingTokenizer, UT_SAMPLER, UT_TOKENIZER, writeWeights } from './files.ts';
import { filled, writeTree } from './trees.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tessera-recognise-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, shapes: Readonly<Record<string, readonly number[]>>) =>
  writeWeights(path.join(folder, name), shapes);

async function refusal(...paths: string[]): Promise<ErrorShape> {
  const error = await recognise(paths).then(
    () => expect.fail('It was recognised.'),
    (thrown: unknown) => toErrorShape(thrown),
  );
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error;
}

describe('recognise', () => {
  const sampler = write('ut/absorbing_ema_900000.th', UT_SAMPLER);
  const vqgan = write('ut/vqgan_ema_1400000.th', UT_TOKENIZER);

  it('reads the fullest of several copies in a folder of diffusers, whose index stands for it', async () => {
    const shapes = { 'mlm_layer.conv2.weight': [16, 4, 1, 1], 'embed.embeddings.weight': [24, 4] };
    for (const name of ['diffusion_pytorch_model.safetensors', 'diffusion_pytorch_model.fp16.safetensors'])
      write(`amused/transformer/${name}`, shapes);
    const half = write('amused/vqvae/diffusion_pytorch_model.fp16.safetensors', {
      'encoder.down_blocks.0.resnets.0.conv1.weight': [4, 4, 3, 3],
      'encoder.down_blocks.0.downsamplers.0.conv.weight': [4, 4, 3, 3],
      'encoder.conv_in.weight': [4, 3, 3, 3],
      'quantize.embedding.weight': [16, 4],
    });
    const index = path.join(folder, 'amused', 'model_index.json');
    writeFileSync(index, '{}');
    const { denoiser, tokenizer, missing } = await recognise([index]);
    expect(denoiser).toMatchObject({ family: 'amused', codes: 16, side: 16 });
    expect(path.basename(denoiser!.file)).toBe('diffusion_pytorch_model.safetensors');
    expect(tokenizer!.file).toBe(half); // where there is no other
    expect(missing).toContain('its text model (folder text_encoder) is another file');
  });

  it('finds the two parts of a model in its two files', async () => {
    const { tokenizer, denoiser, missing, notes } = await recognise([sampler, vqgan]);
    expect(denoiser).toMatchObject({
      family: 'unleashing-transformers',
      codes: 8,
      side: 4,
      classes: 0,
      file: sampler,
      values: 132,
    });
    expect(tokenizer).toMatchObject({ family: 'unleashing-transformers', codes: 8, dim: 4, downsample: 2 });
    expect([missing, notes]).toEqual([null, []]);
  });

  it('knows files in a folder by what is in them, whatever they are called', async () => {
    const at = path.join(folder, 'nameless');
    write('nameless/sampler', UT_SAMPLER);
    write('nameless/model_best.pth.tar', UT_TOKENIZER);
    writeFileSync(path.join(at, 'README'), 'Hello, this is a model.');
    writeFileSync(path.join(at, 'flax_model.msgpack'), 'x');
    // As caches of downloads have it: a name of digits, and a link to it that says more.
    write('nameless/blobs/0a1b', { 'mlm_layer.conv2.weight': [16, 4, 1, 1], 'other.weight': [3] });
    symlinkSync(path.join(at, 'blobs/0a1b'), path.join(at, 'odd.bin'));
    const { tokenizer, denoiser, missing, notes } = await recognise([at]);
    expect([denoiser, tokenizer].map((piece) => path.basename(piece!.file))).toEqual([
      'sampler',
      'model_best.pth.tar',
    ]);
    expect(missing).toBeNull();
    expect(notes).toEqual([
      'odd.bin holds none of the models that Tessera knows.',
      'Not read, since they are in formats of other programs: flax_model.msgpack.',
    ]);
  });

  it('reads a model in several files by its index, also where one of them is named', async () => {
    const weights = Object.entries(UT_SAMPLER);
    const shard = (i: number): string => `pytorch_model-0000${i + 1}-of-00002.bin`;
    const halves = [weights.slice(0, 1), weights.slice(1)].map((each) => Object.fromEntries(each));
    const files = halves.map((half, i) => writeTree(path.join(folder, 'sharded', shard(i)), filled(half, 1)));
    expect((await refusal(files[0]!)).message).toBe(
      'pytorch_model-00001-of-00002.bin is one of 2 files of a model, and their index is not beside it.',
    );
    const map = halves.flatMap((half, i) => Object.keys(half).map((key) => [key, shard(i)]));
    const index = path.join(folder, 'sharded', 'pytorch_model.bin.index.json');
    writeFileSync(index, JSON.stringify({ weight_map: Object.fromEntries(map) as unknown }));
    const other = write('sharded/vqgan.safetensors', UT_TOKENIZER);
    for (const given of [[path.dirname(index)], [...files, other], [index, other]]) {
      const { denoiser, tokenizer, notes } = await recognise(given);
      expect([denoiser?.file, tokenizer?.file, notes]).toEqual([index, other, []]);
      expect(denoiser!.bytes).toBe([index, ...files].reduce((sum, file) => sum + statSync(file).size, 0));
    }
  });

  it('names a chosen file that the model needs nothing of', async () => {
    const text = write('clip/model.safetensors', {
      'text_model.embeddings.token_embedding.weight': [10, 4],
      'text_model.embeddings.position_embedding.weight': [7, 4],
    });
    expect((await recognise([sampler, vqgan, text])).notes).toEqual([
      'Not used, since this model needs none of it: model.safetensors.',
    ]);
  });

  it('says what is missing beside a sampler, and what a tokenizer alone can do', async () => {
    expect((await recognise([sampler])).missing).toBe(
      'absorbing_ema_900000.th is the sampler of Unleashing Transformers; its VQGAN (vqgan_ema_….th) is a second file.',
    );
    const alone = await recognise([vqgan]);
    expect(alone.denoiser).toBeNull();
    expect(alone.missing).toBe(
      'This is a tokenizer alone: its tokens can be painted, and fills need a denoiser. Its sampler (absorbing_ema_….th) is a second file.',
    );
  });

  it('looks into folders, and prefers averaged weights and more steps', async () => {
    write('logs/a/saved_models/absorbing_900000.th', UT_SAMPLER);
    write('logs/a/saved_models/absorbing_ema_800000.th', UT_SAMPLER);
    write('logs/a/saved_models/absorbing_ema_900000.th', UT_SAMPLER);
    write('logs/b/saved_models/vqgan_ema_1400000.th', UT_TOKENIZER);
    writeFileSync(path.join(folder, 'logs', 'broken.pt'), 'nothing');
    const { tokenizer, denoiser, notes } = await recognise([path.join(folder, 'logs')]);
    expect([denoiser, tokenizer].map((piece) => path.basename(piece!.file))).toEqual([
      'absorbing_ema_900000.th',
      'vqgan_ema_1400000.th',
    ]);
    expect(notes).toHaveLength(2); // the one chosen of three, and the broken file
  });

  it('prefers the folder of averaged weights, where trainers call all files the same', async () => {
    for (const at of ['transformer', 'transformer_ema'])
      write(`trained/${at}/diffusion_pytorch_model.safetensors`, UT_SAMPLER);
    const { denoiser, notes } = await recognise([path.join(folder, 'trained')]);
    expect(denoiser!.file).toContain('transformer_ema');
    expect(notes).toEqual([
      'Of transformer/diffusion_pytorch_model.safetensors, transformer_ema/diffusion_pytorch_model.safetensors, transformer_ema/diffusion_pytorch_model.safetensors is used.',
    ]);
  });

  it.each(['', 'first_stage_model.'])(
    'knows a tokenizer of Taming Transformers under "%s"',
    async (prefix) => {
      const file = write('last.ckpt', tamingTokenizer(prefix));
      expect((await recognise([file])).tokenizer).toMatchObject({
        family: 'taming',
        codes: 16,
        downsample: 4,
        prefix,
      });
    },
  );

  it('knows the others by their names', async () => {
    const halton = write('halton.pth', {
      'cls_emb.weight': [1001, 4],
      'tok_emb.weight': [17, 4],
      'pos_emb.weight': [9, 4],
      'transformer.layers.0.attn.wq.weight': [4, 4],
    });
    expect((await recognise([halton])).denoiser).toMatchObject({
      family: 'halton-maskgit',
      codes: 16,
      side: 3,
      classes: 1000,
    });
    const maskgit = write('maskgit.pth', {
      'tok_emb.weight': [1018, 4],
      pos_emb: [1, 5, 4],
      'first_layer.0.weight': [4],
    });
    expect((await recognise([maskgit])).denoiser).toMatchObject({
      family: 'maskgit-pytorch',
      codes: 16,
      side: 2,
    });
    const mage = write('mage.pth', {
      'token_emb.word_embeddings.weight': [1017, 4],
      'token_emb.position_embeddings.weight': [5, 4],
      'mlm_layer.bias': [1, 1, 1017],
    });
    expect((await recognise([mage])).denoiser).toMatchObject({ family: 'mage', codes: 16, side: 2 });
    expect((await recognise([mage])).missing).toBe(
      'mage.pth is the sampler of MAGE; its VQGAN (vqgan_jax_strongaug.ckpt) is a second file.',
    );
    const llamagen = write('vq_ds16_c2i.pt', {
      'encoder.conv_in.weight': [4, 3, 3, 3],
      'encoder.conv_blocks.0.res.0.conv1.weight': [4, 4, 3, 3],
      'encoder.conv_blocks.0.downsample.conv.weight': [4, 4, 3, 3],
      'quantize.embedding.weight': [16, 4],
    });
    const pair = await recognise([halton, llamagen]);
    expect(pair).toMatchObject({
      missing: null,
      notes: [],
      tokenizer: { family: 'llamagen', downsample: 2 },
    });
  });

  it('takes the tokenizer that lies beside a denoiser in its file before another', async () => {
    const codec = Object.entries(tamingTokenizer()).filter(([name]) => !name.endsWith('.bias'));
    const both = write('both.pth', {
      'token_emb.word_embeddings.weight': [1017, 4],
      'token_emb.position_embeddings.weight': [5, 4],
      'mlm_layer.bias': [1, 1, 1017],
      ...Object.fromEntries(codec.map(([name, shape]) => [`vqgan.${name}`, shape])),
    });
    const alone = write('vqgan_jax_strongaug.ckpt', Object.fromEntries(codec));
    const facts = { family: 'mage', codes: 16, downsample: 4 };
    expect((await recognise([alone])).tokenizer).toMatchObject({ ...facts, prefix: '' });
    const one = await recognise([both]);
    expect(one).toMatchObject({ missing: null, notes: [], tokenizer: { ...facts, prefix: 'vqgan.' } });
    expect(one.denoiser!.values).toBe(1017 * 4 + 5 * 4 + 1017);
    expect(await recognise([both, alone])).toMatchObject({
      tokenizer: { file: both },
      notes: ['The tokenizer in both.pth is used. Not used: vqgan_jax_strongaug.ckpt.'],
    });
  });

  it('checks that two parts can belong together', async () => {
    const taming = write('other.ckpt', tamingTokenizer());
    expect((await refusal(sampler, taming)).message).toBe(
      'absorbing_ema_900000.th predicts 8 codes and other.ckpt has 16, so they belong to different models.',
    );
    const same = write('same.ckpt', { ...tamingTokenizer(), 'quantize.embedding.weight': [8, 4] });
    expect((await recognise([sampler, same])).notes[0]).toContain('is of another family');
    expect((await refusal(vqgan, taming)).message).toBe(
      'These are 2 tokenizers: vqgan_ema_1400000.th, other.ckpt.',
    );
  });

  it.each<[string, Record<string, readonly number[]>, string]>([
    ['vae.pt', { 'encoder.down.0.block.0.conv1.weight': [4, 4, 3, 3] }, 'without a codebook'],
    ['sd.ckpt', { 'model.diffusion_model.input_blocks.0.0.weight': [4] }, 'Stable Diffusion'],
    ['gpt.th', { ...UT_SAMPLER, '_denoise_fn.tok_emb.weight': [8, 4] }, 'autoregressive'],
    ['vqd.pth', { 'content_emb.emb.weight': [9, 4] }, 'VQ-Diffusion'],
    ['depth.ckpt', { ...tamingTokenizer(), 'encoder.conv_in.weight': [4, 1, 3, 3] }, 'colour pictures'],
    ['odd.th', { ...UT_SAMPLER, '_denoise_fn.pos_emb': [1, 15, 4] }, 'other sizes'],
    ['cat.pt', { 'layer1.0.conv1.weight': [4] }, 'none of the models that Tessera knows'],
  ])('says of %s what it is instead', async (name, shapes, what) => {
    const error = await refusal(write(name, shapes));
    expect(error.message).toContain(`${name} `);
    expect(error.message).toContain(what);
  });

  it('refuses what is no checkpoint, and writes nothing', async () => {
    const text = path.join(folder, 'notes.txt');
    writeFileSync(text, 'a note');
    const before = readdirSync(folder, { recursive: true }).length;
    await refusal(text);
    expect((await refusal(path.join(folder, 'nowhere.th'))).message).toContain('nowhere.th');
    const empty = mkdtempSync(path.join(folder, 'empty-'));
    expect((await refusal(empty)).message).toBe(`There is no checkpoint in ${empty}.`);
    expect(readdirSync(folder, { recursive: true })).toHaveLength(before + 1);
    expect(existsSync(text)).toBe(true);
  });

  it('stops when it is told to', async () => {
    const stopped = AbortSignal.abort();
    await expect(recognise([sampler], stopped)).rejects.toMatchObject({ code: 'aborted' });
  });
});
