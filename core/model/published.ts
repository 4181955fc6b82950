/** A model that researchers have published, and what to look for to have it. Tessera itself fetches nothing. */
export interface PublishedModel {
  readonly name: string;
  readonly purpose: string; // what it is good for, one sentence
  readonly fills: boolean; // whether it is more than a tokenizer
  readonly files: readonly { readonly name: string; readonly bytes: number }[]; // bytes: about
  readonly hint: string | null; // a word in the names of its folders, where others have files of the same names
  readonly from: string; // where its authors say it is
  readonly license: string;
}

const MB = 1e6;
const GOOGLE = 'Google Drive folder in the README of samb-t/unleashing-transformers';
const UNSTATED = 'MIT (code); weights unstated';

/** Sizes are computed from shapes where authors do not state them. */
export const PUBLISHED_MODELS: readonly PublishedModel[] = [
  ...(
    [
      ['churches', 'Churches and other buildings.', '2000000', '2200000', UNSTATED, 'church'],
      ['bedrooms', 'Bedrooms and other rooms.', '2000000', '2200000', UNSTATED, 'bedroom'],
      [
        'faces (FFHQ)',
        'Faces in portraits.',
        '900000',
        '1400000',
        `${UNSTATED}; trained on FFHQ, CC BY-NC-SA 4.0`,
        'ffhq',
      ],
    ] as const
  ).map(([what, purpose, sampler, vqgan, license, hint]) => ({
    name: `Unleashing Transformers, ${what}`,
    purpose: `${purpose} Frames of 256 px.`,
    fills: true,
    files: [
      { name: `absorbing_ema_${sampler}.th`, bytes: 307 * MB },
      { name: `vqgan_ema_${vqgan}.th`, bytes: 333 * MB },
    ],
    hint,
    from: GOOGLE,
    license,
  })),
  {
    name: 'Halton-MaskGIT base, 384 px',
    purpose: 'Things of all kinds (ImageNet), with a class or without.',
    fills: true,
    files: [
      { name: 'ImageNet_384_base.pth', bytes: 620 * MB },
      { name: 'vq_ds16_c2i.pt', bytes: 288 * MB },
    ],
    hint: null,
    from: 'llvictorll/Halton-MaskGIT and FoundationVision/LlamaGen on Hugging Face',
    license: 'MIT',
  },
  {
    name: 'Halton-MaskGIT large, 384 px',
    purpose: 'The same with better results, at three times the time.',
    fills: true,
    files: [
      { name: 'ImageNet_384_large.pth', bytes: 1987 * MB },
      { name: 'vq_ds16_c2i.pt', bytes: 288 * MB },
    ],
    hint: null,
    from: 'llvictorll/Halton-MaskGIT and FoundationVision/LlamaGen on Hugging Face',
    license: 'MIT',
  },
  {
    name: 'MaskGIT-pytorch, 256 px',
    purpose: 'Things of all kinds (ImageNet), with a class or without.',
    fills: true,
    files: [
      { name: 'MaskGIT_ImageNet_256.pth', bytes: 696 * MB },
      { name: 'last.ckpt', bytes: 950 * MB },
    ],
    hint: null,
    from: 'llvictorll/Maskgit-pytorch on Hugging Face',
    license: 'MIT',
  },
  {
    name: 'MaskGIT-pytorch, 512 px',
    purpose: 'The same on frames of 512 px, at six times the time.',
    fills: true,
    files: [
      { name: 'MaskGIT_ImageNet_512.pth', bytes: 706 * MB },
      { name: 'last.ckpt', bytes: 950 * MB },
    ],
    hint: null,
    from: 'llvictorll/Maskgit-pytorch on Hugging Face',
    license: 'MIT',
  },
  ...(
    [
      ['base', 'b', 830],
      ['large', 'l', 1870],
    ] as const
  ).map(([size, letter, megabytes]) => ({
    name: `MAGE ${size}`,
    purpose:
      'Things of all kinds (ImageNet), without a class. It was trained with half of the tokens missing or more: best for large holes.',
    fills: true,
    files: [{ name: `mage-vit${letter}-1600.pth`, bytes: megabytes * MB }],
    hint: null,
    from: 'Google Drive links in the README of LTH14/mage; its VQGAN lies in the same file',
    license: 'MIT',
  })),
  ...([256, 512] as const).map((pixels) => ({
    name: `aMUSEd, ${pixels} px`,
    purpose: 'Fills that follow a prompt. Choose model_index.json in its folder.',
    fills: true,
    files: [
      { name: 'diffusion_pytorch_model.safetensors', bytes: 2430 * MB },
      { name: 'model.safetensors', bytes: 495 * MB },
    ],
    hint: `amused-${pixels}`,
    from: `amused/amused-${pixels} on Hugging Face, with its folders`,
    license: 'OpenRAIL++',
  })),
  {
    name: 'VQ-Diffusion ITHQ',
    purpose:
      'Fills that follow a prompt, and repairs; slow without a graphics card. Choose model_index.json in its folder.',
    fills: true,
    files: [
      { name: 'diffusion_pytorch_model.bin', bytes: 5440 * MB },
      { name: 'pytorch_model.bin', bytes: 255 * MB },
    ],
    hint: 'vq-diffusion-ithq',
    from: 'microsoft/vq-diffusion-ithq on Hugging Face, with its folders',
    license: 'MIT (code); weights unstated',
  },
  {
    name: 'VQ-Diffusion, the authors’ files',
    purpose:
      'The same for photographs (COCO, Conceptual Captions), birds (CUB) and faces, with its table of codes and its words.',
    fills: true,
    files: [
      { name: 'ithq_learnable.pth', bytes: 11_000 * MB },
      { name: 'coco_learnable.pth', bytes: 7000 * MB },
      { name: 'taming_vqvae_2887.pt', bytes: 66_296 },
      { name: 'bpe_simple_vocab_16e6.txt.gz', bytes: 1_356_917 },
    ],
    hint: null,
    from: 'Release vqdiffusion of tzco/storage, parts to be joined; tables and words in microsoft/VQ-Diffusion',
    license: 'MIT (code); weights unstated',
  },
  {
    name: 'Taming Transformers VQGAN f16, 1024 or 16384 codes',
    purpose: 'Tokens of 16 px for painting; the first that was published.',
    fills: false,
    files: [{ name: 'last.ckpt', bytes: 950 * MB }],
    hint: null,
    from: 'heibox links in the README of CompVis/taming-transformers',
    license: 'MIT',
  },
  {
    name: 'Taming Transformers VQGAN, Gumbel f8',
    purpose: 'Tokens of 8 px for painting, with more detail.',
    fills: false,
    files: [{ name: 'last.ckpt', bytes: 950 * MB }],
    hint: null,
    from: 'heibox links in the README of CompVis/taming-transformers',
    license: 'MIT',
  },
  {
    name: 'Latent diffusion vq-f4, vq-f8, vq-f16',
    purpose: 'Tokens of 4, 8 or 16 px for painting; f4 keeps the most detail of all.',
    fills: false,
    files: [{ name: 'model.ckpt', bytes: 270 * MB }],
    hint: null,
    from: 'vq-f4.zip and so on in the README of CompVis/latent-diffusion; unpack it first',
    license: 'MIT',
  },
];
