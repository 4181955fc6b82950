/** Names of tensors and their shapes. */
export type Shapes = Map<string, readonly number[]>;

/** The tokenizer of Unleashing Transformers: 65 M numbers. */
export function unleashingTokenizer(): Shapes {
  const shapes: Shapes = new Map();
  const half = (part: string, widths: readonly Step[], inputs: number, outputs: number): void => {
    let [at, width] = [0, inputs];
    const name = (): string => `ae.${part}.blocks.${at++}`;
    for (const step of widths) {
      if (step === 'attention') attention(shapes, name(), width);
      else if (step === 'resample') convolution(shapes, `${name()}.conv`, width, width, 3);
      else if (step === 'norm') norm(shapes, name(), width);
      else if (step[0] === 'in') {
        convolution(shapes, name(), step[1], width, 3);
        width = step[1];
      } else {
        const block = name();
        residual(shapes, block, step[1], width);
        convolution(shapes, `${block}.conv_out`, step[1], width, 1);
        width = step[1];
      }
    }
    convolution(shapes, name(), outputs, width, 3);
  };
  const res = (width: number): Step => ['residual', width];
  const down = (width: number): Step[] => [res(width), res(width), 'resample'];
  const mid: Step[] = [res(512), 'attention', res(512)];
  const deep: Step[] = [res(512), 'attention', res(512), 'attention'];
  half(
    'encoder',
    [['in', 128], ...down(128), ...down(128), ...down(256), ...down(256), ...deep, ...mid, 'norm'],
    3,
    256,
  );
  half(
    'generator',
    [
      ['in', 512],
      ...mid,
      ...deep,
      'resample',
      ...down(256),
      ...down(256),
      ...down(128),
      res(128),
      res(128),
      'norm',
    ],
    256,
    3,
  );
  shapes.set('ae.quantize.embedding.weight', [1024, 256]);
  return shapes;
}

type Step = 'attention' | 'resample' | 'norm' | readonly ['in' | 'residual', number];

/** The sampler of Unleashing Transformers: 77 M numbers. */
export function unleashingSampler(): Shapes {
  const [width, codes, cells] = [512, 1024, 256];
  const shapes: Shapes = new Map();
  const fn = '_denoise_fn.';
  shapes.set(`${fn}tok_emb.weight`, [codes + 1, width]);
  shapes.set(`${fn}pos_emb`, [1, cells, width]);
  for (let i = 0; i < 24; i++) {
    const block = `${fn}blocks.${i}`;
    for (const part of ['ln1', 'ln2']) norm(shapes, `${block}.${part}`, width);
    for (const part of ['key', 'query', 'value', 'proj'])
      linear(shapes, `${block}.attn.${part}`, width, width);
    linear(shapes, `${block}.mlp.0`, 4 * width, width);
    linear(shapes, `${block}.mlp.2`, width, 4 * width);
  }
  norm(shapes, `${fn}ln_f`, width);
  shapes.set(`${fn}head.weight`, [codes, width]);
  return shapes;
}

/** A tokenizer of Taming Transformers or latent diffusion. */
export function tamingTokenizer(
  widths: readonly number[],
  attending: readonly number[], // levels
  { codes, dim, z }: { readonly codes: number; readonly dim: number; readonly z: number },
): Shapes {
  const shapes: Shapes = new Map();
  const last = widths.length - 1;
  for (const [part, list, blocks, resample] of [
    ['encoder', 'down', 2, 'downsample'],
    ['decoder', 'up', 3, 'upsample'],
  ] as const) {
    const down = part === 'encoder';
    convolution(shapes, `${part}.conv_in`, down ? widths[0]! : widths[last]!, down ? 3 : z, 3);
    for (let level = 0; level <= last; level++) {
      // The decoder runs from the last level to the first.
      const before = down ? widths[Math.max(0, level - 1)]! : widths[Math.min(last, level + 1)]!;
      for (let block = 0; block < blocks; block++) {
        const name = `${part}.${list}.${level}.block.${block}`;
        residualWithShortcut(shapes, name, widths[level]!, block === 0 ? before : widths[level]!);
        if (attending.includes(level))
          attention(shapes, `${part}.${list}.${level}.attn.${block}`, widths[level]!);
      }
      if (down ? level < last : level > 0)
        convolution(shapes, `${part}.${list}.${level}.${resample}.conv`, widths[level]!, widths[level]!, 3);
    }
    middle(shapes, [`${part}.mid.block_1`, `${part}.mid.attn_1`, `${part}.mid.block_2`], widths[last]!);
    norm(shapes, `${part}.norm_out`, down ? widths[last]! : widths[0]!);
    convolution(shapes, `${part}.conv_out`, down ? z : 3, down ? widths[last]! : widths[0]!, 3);
  }
  quantiser(shapes, codes, dim, z);
  return shapes;
}

/** The tokenizer of LlamaGen with 16 px a token: 72 M numbers. */
export function llamagenTokenizer(): Shapes {
  const widths = [128, 128, 256, 256, 512];
  const shapes: Shapes = new Map();
  for (const [part, blocks, resample] of [
    ['encoder', 2, 'downsample'],
    ['decoder', 3, 'upsample'],
  ] as const) {
    const down = part === 'encoder';
    const order = down ? widths : [...widths].reverse();
    convolution(shapes, `${part}.conv_in`, order[0]!, down ? 3 : 256, 3);
    for (const [level, width] of order.entries()) {
      const name = `${part}.conv_blocks.${level}`;
      for (let block = 0; block < blocks; block++) {
        const before = block === 0 ? order[Math.max(0, level - 1)]! : width;
        residualWithShortcut(shapes, `${name}.res.${block}`, width, before);
        if (level === (down ? 4 : 0)) attention(shapes, `${name}.attn.${block}`, width);
      }
      if (level < 4) convolution(shapes, `${name}.${resample}.conv`, width, width, 3);
    }
    middle(shapes, [`${part}.mid.0`, `${part}.mid.1`, `${part}.mid.2`], 512);
    norm(shapes, `${part}.norm_out`, order[4]!);
    convolution(shapes, `${part}.conv_out`, down ? 256 : 3, order[4]!, 3);
  }
  quantiser(shapes, 16384, 8, 256);
  return shapes;
}

/** A denoiser of Halton-MaskGIT. */
export function haltonDenoiser(width: number, layers: number, side: number): Shapes {
  const codes = 16384;
  const inner = 256 * Math.ceil(Math.floor((8 * width) / 3) / 256);
  const shapes: Shapes = new Map([
    ['cls_emb.weight', [1001, width]],
    ['tok_emb.weight', [codes + 1, width]],
    ['pos_emb.weight', [side * side, width]],
    ['reg_tokens.weight', [1, width]],
    ['head.weight', [codes + 1, width]],
    ['head.bias', [codes + 1]],
  ]);
  for (let i = 0; i < layers; i++) {
    const layer = `transformer.layers.${i}`;
    linear(shapes, `${layer}.mlp.1`, 6 * width, width);
    for (const part of ['ln1', 'ln2']) shapes.set(`${layer}.${part}.weight`, [width]);
    for (const part of ['wq', 'wk', 'wv', 'wo']) shapes.set(`${layer}.attn.${part}.weight`, [width, width]);
    for (const part of ['w1', 'w3']) shapes.set(`${layer}.ff.${part}.weight`, [inner, width]);
    shapes.set(`${layer}.ff.w2.weight`, [width, inner]);
  }
  norm(shapes, 'last_norm.norm_final', width);
  linear(shapes, 'last_norm.mlp.1', 2 * width, width);
  return shapes;
}

function convolution(shapes: Shapes, name: string, out: number, inputs: number, side: number): void {
  shapes.set(`${name}.weight`, [out, inputs, side, side]);
  shapes.set(`${name}.bias`, [out]);
}

function linear(shapes: Shapes, name: string, out: number, inputs: number): void {
  shapes.set(`${name}.weight`, [out, inputs]);
  shapes.set(`${name}.bias`, [out]);
}

function norm(shapes: Shapes, name: string, width: number): void {
  shapes.set(`${name}.weight`, [width]);
  shapes.set(`${name}.bias`, [width]);
}

function residual(shapes: Shapes, block: string, out: number, inputs: number): void {
  norm(shapes, `${block}.norm1`, inputs);
  convolution(shapes, `${block}.conv1`, out, inputs, 3);
  norm(shapes, `${block}.norm2`, out);
  convolution(shapes, `${block}.conv2`, out, out, 3);
}

function residualWithShortcut(shapes: Shapes, block: string, out: number, inputs: number): void {
  residual(shapes, block, out, inputs);
  if (out !== inputs) convolution(shapes, `${block}.nin_shortcut`, out, inputs, 1);
}

function attention(shapes: Shapes, block: string, width: number): void {
  norm(shapes, `${block}.norm`, width);
  for (const part of ['q', 'k', 'v', 'proj_out']) convolution(shapes, `${block}.${part}`, width, width, 1);
}

function middle(
  shapes: Shapes,
  [first, attends, second]: readonly [string, string, string],
  width: number,
): void {
  residual(shapes, first, width, width);
  attention(shapes, attends, width);
  residual(shapes, second, width, width);
}

function quantiser(shapes: Shapes, codes: number, dim: number, z: number): void {
  shapes.set('quantize.embedding.weight', [codes, dim]);
  convolution(shapes, 'quant_conv', dim, z, 1);
  convolution(shapes, 'post_quant_conv', z, dim, 1);
}
