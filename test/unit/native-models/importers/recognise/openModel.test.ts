import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toErrorShape } from '../../../../../core/base/errors.ts';
import { openModel } from '../../../../../native-models/importers/recognise/openModel.ts';
import { recognise } from '../../../../../native-models/importers/recognise/recognise.ts';
import { tamingTokenizer, UT_SAMPLER, UT_TOKENIZER, writeWeights } from './files.ts';
import { filled, type Tree, writeTree } from './trees.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tessera-variants-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
let files = 0;
const write = (tree: Tree): string => writeTree(path.join(folder, `${files++}`, 'last.pt'), tree);

const MARK = 'encoder.down.0.block.0.conv1.weight';
const [RAW, AVERAGED] = [1, 2];
const taming = (value: number, prefix = '') => filled(tamingTokenizer(), value, prefix);
const without = (tree: Record<string, Tree>, name: RegExp): Record<string, Tree> =>
  Object.fromEntries(Object.entries(tree).filter(([key]) => !name.test(key)));
const dotless = (value: number) =>
  Object.fromEntries(Object.entries(taming(value)).map(([key, tensor]) => [key.replaceAll('.', ''), tensor]));

/** The tokenizer in a file: its prefix, the numbers that are read for it, and what is said. */
async function tokenizerIn(tree: Tree) {
  const { weights, pieces, averaged, notes } = await openModel(write(tree));
  const [piece] = pieces.filter(({ part }) => part === 'tokenizer');
  const value = piece && (await weights.read(piece.prefix + MARK))[0];
  const codes = piece && (await weights.read(`${piece.prefix}quantize.embedding.weight`))[0];
  await weights.close();
  return { prefix: piece?.prefix, value, codes, averaged: averaged.has(piece?.prefix ?? '?'), notes };
}

async function refusal(given: Promise<unknown>): Promise<string> {
  const { message } = await given.then(
    () => expect.fail('It was taken.'),
    (thrown: unknown) => toErrorShape(thrown),
  );
  expect(message).toMatch(/^[^\n]+\.$/);
  expect(message.replaceAll(folder, '').length).toBeLessThanOrEqual(200);
  return message;
}

describe('weights are found wherever a trainer put them', () => {
  it.each<[string, Tree, string]>([
    ['at the top', taming(RAW), ''],
    ['beside a loss', { ...taming(RAW), loss: filled({ x: [1] }, 9).x! }, ''],
    [
      'beside a loss and below',
      { state_dict: taming(RAW), best_loss: filled({ x: [] }, 9).x!, rng_state: filled({ x: [8] }, 9).x! },
      'state_dict.',
    ],
    ...['weights', 'net', 'network', 'model_state', 'generator', 'state', 'student', 'what_ever'].map(
      (key): [string, Tree, string] => [`under ${key}`, { [key]: taming(RAW), epoch: 3 }, ''],
    ),
    ['in a list', [taming(RAW), { optimizer: taming(9) }], ''],
    ['in a list of a dictionary', { models: [{ vqgan: taming(RAW) }] }, ''],
    ['five deep', { a: { b: { c: { d: { e: taming(RAW) } } } } }, ''],
    ['in dictionaries of its halves', halves(), ''],
    ['beside a discriminator', { D: filled({ 'main.0.weight': [4] }, 9), G: taming(RAW) }, 'G.'],
    ['beside an optimizer', { model: taming(RAW), optimizer_state_dict: { state: [taming(9)] } }, ''],
    ['twice the same', twice(), 'model.'],
    ...[
      'model.',
      'net.',
      'generator.',
      'vqvae.',
      'tokenizer.',
      'autoencoder.',
      'model.first_stage_model.',
      'a.b.c.',
    ].map((prefix): [string, Tree, string] => [`with ${prefix}`, taming(RAW, prefix), prefix]),
    ...['module.', '_orig_mod.', 'module._orig_mod.', '_fsdp_wrapped_module.', '_forward_module.module.'].map(
      (prefix): [string, Tree, string] => [`wrapped as ${prefix}`, { model: taming(RAW, prefix) }, ''],
    ),
    ['wrapped inside', wrappedInside(), 'model.'],
  ])('%s', async (_, tree, prefix) => {
    expect(await tokenizerIn(tree)).toEqual({ prefix, value: RAW, codes: RAW, averaged: false, notes: [] });
  });

  function halves(): Tree {
    const names = Object.entries(taming(RAW)).map(([key, tensor]) => [key.split('.'), tensor] as const);
    const half = (part: string): Tree =>
      Object.fromEntries(
        names.flatMap(([[first, ...rest], tensor]) => (first === part ? [[rest.join('.'), tensor]] : [])),
      );
    return { encoder: half('encoder'), quantize: half('quantize') };
  }

  function twice(): Tree {
    const tied = (prefix: string) =>
      Object.entries(taming(RAW)).map(([key, tensor]) => [prefix + key, { ...tensor, tied: key }] as const);
    return Object.fromEntries([...tied('model.'), ...tied('callback.')]);
  }

  function wrappedInside(): Tree {
    return Object.fromEntries(
      Object.entries(taming(RAW)).map(([key, tensor]) => [
        `_fsdp_wrapped_module.model.${key.replace('down.0.', 'down.0._fsdp_wrapped_module._checkpoint_wrapped_module.')}`,
        tensor,
      ]),
    );
  }

  it('also where two models lie in one file, whose sampler is known without its usual prefix', async () => {
    const file = write({ vqgan: filled(UT_TOKENIZER, RAW), sampler: filled(UT_SAMPLER, RAW) });
    const { tokenizer, denoiser, missing, notes } = await recognise([file]);
    expect([tokenizer?.prefix, denoiser?.prefix, missing, notes]).toEqual([
      'vqgan.ae.',
      'sampler._denoise_fn.',
      null,
      [],
    ]);
  });

  it('in safetensors with prefixes', async () => {
    const file = writeWeights(
      path.join(folder, 'model.safetensors'),
      tamingTokenizer('module._orig_mod.model.'),
    );
    expect((await recognise([file])).tokenizer).toMatchObject({ family: 'taming', prefix: 'model.' });
  });
});

describe('averaged weights', () => {
  const used = (place: string): string => `The averaged weights (${place}) in last.pt are used.`;

  it.each<[string, Tree, string, string]>([
    ['model_ema', { model: taming(RAW), model_ema: taming(AVERAGED) }, 'model.', 'model_ema'],
    [
      'ema_pytorch',
      { ema: { ...taming(RAW, 'online_model.'), ...taming(AVERAGED, 'ema_model.'), initted: 1 } },
      'online_model.',
      'ema_model',
    ],
    [
      'ema_pytorch beside the model',
      { model: taming(3), ema: { ...taming(RAW, 'online_model.'), ...taming(AVERAGED, 'ema_model.') } },
      'model.',
      'ema.ema_model',
    ],
    [
      'averages alone',
      { ema_state_dict: taming(AVERAGED), D: filled({ x: [4] }, 9) },
      'ema_state_dict.',
      'ema_state_dict',
    ],
    [
      'a teacher',
      { student: taming(RAW, 'module.'), teacher: taming(AVERAGED, 'module.') },
      'student.',
      'teacher',
    ],
    ['G_ema', { G: taming(RAW), D: filled({ x: [4] }, 9), G_ema: taming(AVERAGED) }, 'G.', 'G_ema'],
    [
      'Lightning',
      { state_dict: { ...taming(RAW, 'model.'), ...taming(AVERAGED, 'ema.module.') } },
      'model.',
      'ema',
    ],
    [
      'LitEma',
      {
        ...taming(RAW),
        ...Object.fromEntries(
          Object.entries(dotless(AVERAGED)).map(([key, tensor]) => [`model_ema.${key}`, tensor]),
        ),
      },
      '',
      'model_ema',
    ],
  ])('%s: they are used, and that is said', async (_, tree, prefix, place) => {
    const found = await tokenizerIn(tree);
    expect(found).toMatchObject({ value: AVERAGED, codes: AVERAGED, averaged: true });
    // In one dictionary what stands before all of its names is left out.
    expect(found.prefix).toBe(prefix);
    const said = found.notes.filter((note) => note.includes('averaged'));
    expect(said).toEqual([used(place)]);
  });

  it('a codebook that is not trained by gradients may be missing among them', async () => {
    const tree = { model: taming(RAW), ema: without(taming(AVERAGED), /^quantize|^loss/) };
    expect(await tokenizerIn(tree)).toMatchObject({ value: AVERAGED, codes: RAW, notes: [used('ema')] });
  });

  it('they are not mixed with others: incomplete ones are left aside, and that is said', async () => {
    const tree = { model: taming(RAW), ema: without(taming(AVERAGED), /down\.2/) };
    expect(await tokenizerIn(tree)).toMatchObject({
      value: RAW,
      averaged: false,
      notes: ['The averaged weights (ema) in last.pt are incomplete, so the others are used.'],
    });
  });

  it('weights that are tied are averaged once', async () => {
    const names = Object.entries({
      ...taming(RAW),
      'encoder.tied.weight': { shape: [4, 4, 3, 3], value: RAW },
    });
    const model = Object.fromEntries(
      names.map(([key, tensor]) => [
        key,
        key === MARK || key.includes('tied') ? { ...tensor, tied: 'one' } : tensor,
      ]),
    );
    const { weights, pieces } = await openModel(write({ model, ema: taming(AVERAGED) }));
    expect((await weights.read(`${pieces[0]!.prefix}encoder.tied.weight`))[0]).toBe(AVERAGED);
    await weights.close();
  });

  it.each<[string, Tree]>([
    ['a list without names', { shadow_params: [filled({ x: [4] }, AVERAGED).x!] }],
    ['a Python object', { object: 'EMA' }],
  ])('%s cannot be matched, and that is said', async (_, ema) => {
    const { value, notes } = await tokenizerIn({ model: taming(RAW), ema });
    expect(value).toBe(RAW);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('in last.pt cannot be matched with its model, so the others are used.');
  });
});

describe('the file of the authors of VQ-Diffusion', () => {
  const net = (value: number, prefix: string) =>
    filled(
      {
        'content_emb.emb.weight': [9, 4],
        'content_emb.height_emb.weight': [8, 4],
        'blocks.0.ln2.emb.weight': [3, 4],
      },
      value,
      prefix,
    );
  const codec = {
    ...filled(tamingTokenizer(), RAW, 'content_codec.enc.'),
    ...filled({ 'decoder.conv_in.weight': [4, 4, 3, 3] }, RAW, 'content_codec.dec.'),
  };

  it('keeps averages without the leading name, and none of its codec', async () => {
    const learned = filled({ 'transformer.empty_text_embed': [7, 4] }, RAW);
    const model = { ...net(RAW, 'transformer.transformer.'), ...codec, ...learned };
    const ema = { ...net(AVERAGED, 'transformer.'), ...filled({ empty_text_embed: [7, 4] }, AVERAGED) };
    for (const tree of [{ last_epoch: 1, model, ema }, { vqd: { model, ema } }]) {
      const { weights, pieces, averaged, notes } = await openModel(write(tree));
      const read = await Promise.all(
        ['content_emb.emb.weight', 'embeddings', MARK, 'quantize.embedding.weight'].map(async (mark) => {
          const piece = pieces.find(({ prefix }) => weights.tensors.has(prefix + mark))!;
          return [piece.part, averaged.has(piece.prefix), (await weights.read(piece.prefix + mark))[0]];
        }),
      );
      await weights.close();
      expect(read).toEqual([
        ['denoiser', true, AVERAGED],
        ['empty', false, AVERAGED],
        ['tokenizer', false, RAW],
        ['tokenizer', false, RAW],
      ]);
      expect(notes).toHaveLength(1);
      expect(pieces.map(({ values }) => values).every((values) => values > 0)).toBe(true);
    }
  });
});

describe('several of a kind', () => {
  it('the one under the usual name is used, and that is said', async () => {
    const found = await tokenizerIn({ best: taming(9), state_dict: taming(RAW) });
    expect(found).toMatchObject({ prefix: 'state_dict.', value: RAW });
    expect(found.notes).toEqual([
      'Of several models in last.pt ("best", "state_dict"), "state_dict" is used.',
    ]);
  });

  it('none is guessed', async () => {
    expect(await refusal(openModel(write({ a: taming(RAW), b: taming(9) })))).toBe(
      'last.pt holds 2 models of a kind ("a", "b"), and nothing says which is meant.',
    );
  });

  it('a second part that is of no use is named', async () => {
    const first = taming(RAW, 'first_stage_model.');
    const second = filled(
      { ...tamingTokenizer(), 'encoder.conv_in.weight': [4, 182, 3, 3] },
      9,
      'cond_stage_model.',
    );
    const file = write({ state_dict: { ...first, ...second } });
    expect((await recognise([file])).notes).toEqual([
      'last.pt also holds a part that takes something else than colour pictures.',
    ]);
  });
});

describe('what is no model is told apart', () => {
  const text = (content: string): string => {
    const file = path.join(folder, `${files++}.pth`);
    writeFileSync(file, content);
    return file;
  };

  it.each([
    [
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n',
      'it is a Git LFS pointer, which stands for the real file.',
    ],
    [
      '\ufeff\n<!DOCTYPE html><html><head><title>Sign in</title>',
      'it is a web page instead of a file of weights.',
    ],
    ['BZh91AY', 'it is a packed archive.'],
    ['GGUF\x03', 'it is a GGUF file, which Tessera does not read.'],
  ])('%j', async (content, why) => {
    expect(await refusal(openModel(text(content)))).toContain(why);
  });

  const whyUseless = async (tree: Tree): Promise<string | undefined> => {
    const { weights, useless } = await openModel(write(tree));
    await weights.close();
    return useless?.why;
  };

  it('a discriminator, unless it lies beside a model', async () => {
    const judge = filled({ 'discriminator.main.0.weight': [4] }, 1);
    expect(await whyUseless(judge)).toContain('holds a discriminator');
    const strange = { ...judge, ...filled({ 'a.weight': [4], 'b.weight': [4] }, 1) };
    expect(await whyUseless(strange)).toBe('holds none of the models that Tessera knows');
  });

  it('a LoRA that lies in the weights that it changes', async () => {
    const lora = filled({ 'encoder.conv_in.lora_down.weight': [2, 3] }, 1);
    expect(await refusal(openModel(write({ ...taming(RAW), ...lora })))).toBe(
      'last.pt holds a LoRA beside its weights ("encoder.conv_in.lora_down.weight"), which changes them.',
    );
  });

  it('the state of an optimizer, arrays of NumPy, and nothing at all', async () => {
    const state = { state: { 0: filled({ exp_avg: [4] }, 1) } };
    expect(await whyUseless(state)).toContain('holds the state of an optimizer');
    const arrays = writeTree(path.join(folder, 'arrays.pt'), { w: { object: 'ndarray' } });
    const bytes = readFileSync(arrays).toString('latin1').replace('ctraining\n', 'cnumpy.aa\n');
    writeFileSync(arrays, bytes, 'latin1');
    expect(await refusal(openModel(arrays))).toContain('its weights are arrays of NumPy.');
    expect(await refusal(openModel(text('')))).toContain('it is empty.');
  });

  it('a program in the place of weights', async () => {
    const whole = 'it holds a whole Python program object instead of its weights alone.';
    expect(await refusal(openModel(write({ model: { object: 'VQModel' }, epoch: 3 })))).toContain(whole);
  });
});
