import type { Manifest } from './manifest.ts';

/** Where a manifest contradicts itself, and what it should say there. */
export interface Contradiction {
  readonly path: string;
  readonly expected: string;
}

/** The first contradiction between fields that are each well formed, or null. */
export function findContradiction(manifest: Manifest): Contradiction | null {
  return (
    checkFiles(manifest) ??
    checkTokenizer(manifest) ??
    checkDenoiser(manifest) ??
    checkConditioning(manifest) ??
    checkPalette(manifest)
  );
}

function checkFiles({ tokenizer, denoiser, text, words, files }: Manifest): Contradiction | null {
  const references = [
    ['tokenizer.encoder', tokenizer.encoder],
    ['tokenizer.decoder', tokenizer.decoder],
    ...(denoiser ? ([['denoiser.file', denoiser.file]] as const) : []),
    ...(text
      ? ([
          ['text.file', text.file],
          ['text.tokenizer', text.tokenizer],
        ] as const)
      : []),
    ...(words ? ([['words.denoiser', words.denoiser]] as const) : []),
    ...(text?.empty === undefined ? [] : ([['text.empty', text.empty]] as const)),
  ] as const;
  for (const [path, name] of references) {
    if (!Object.hasOwn(files, name))
      return { path, expected: `a file listed under files, and "${name}" is not` };
  }
  // On Windows and macOS two such names would be the same file.
  const seen = new Set<string>();
  for (const name of Object.keys(files)) {
    if (seen.has(name.toLowerCase()))
      return { path: 'files', expected: `free of names that differ only in case, such as "${name}"` };
    seen.add(name.toLowerCase());
  }
  return null;
}

function checkTokenizer({ tokenizer }: Manifest): Contradiction | null {
  if (tokenizer.minSize % tokenizer.downsample === 0) return null;
  return { path: 'tokenizer.minSize', expected: `a multiple of downsample (${tokenizer.downsample})` };
}

function checkDenoiser({ tokenizer, denoiser }: Manifest): Contradiction | null {
  if (!denoiser) return null;
  const codes = tokenizer.codebook.size;
  const { window, maskId, kind } = denoiser;
  if (maskId === undefined && kind !== 'uniform') {
    return { path: 'denoiser.maskId', expected: 'given: the id that stands for a missing token' };
  }
  if (maskId !== undefined && maskId < codes) {
    return { path: 'denoiser.maskId', expected: `outside the codebook, so at least ${codes}` };
  }
  if (window.min > window.max) {
    return { path: 'denoiser.window.min', expected: `no larger than window.max (${window.max})` };
  }
  if (window.positions === 'fixed' && window.min !== window.max) {
    return {
      path: 'denoiser.window.min',
      expected: `equal to window.max (${window.max}) where positions are fixed`,
    };
  }
  return null;
}

function checkConditioning({ denoiser, text, words }: Manifest): Contradiction | null {
  if (denoiser?.conditioning === 'words' && !words) {
    return { path: 'words', expected: 'given: the denoiser is led by words' };
  }
  if (denoiser?.conditioning === 'clip-text' && !text) {
    return { path: 'text', expected: 'given: the denoiser is led by texts' };
  }
  if (denoiser?.conditioning === 'class' && !denoiser.classes) {
    return { path: 'denoiser.classes', expected: 'given: the denoiser is led by a class' };
  }
  return null;
}

function checkPalette({ tokenizer, palette }: Manifest): Contradiction | null {
  const codes = tokenizer.codebook.size;
  const expected = `a permutation of 0 to ${codes - 1}, each code once`;
  if (palette.order.length !== codes) return { path: 'palette.order', expected };
  if (new Set(palette.order).size !== codes) return { path: 'palette.order', expected };
  if (palette.order.some((code) => code >= codes)) return { path: 'palette.order', expected };
  if (palette.colors.length !== codes)
    return { path: 'palette.colors', expected: `a list of ${codes} colours, one per code` };
  return null;
}
