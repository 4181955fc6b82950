import { translated } from '../../state/texts.svelte.ts';
/** How a candidate is called: 'Candidate 2', or as its name says: 'Mix', 'Branch 1'. */
export function candidateText(name: string): string {
  return /^\d/.test(name) ? `Candidate ${name}` : name.replace(/^\p{L}+/u, translated);
}

const PLACES: Readonly<Record<string, string>> = {
  '': 'not used yet',
  server: 'the server',
  cpu: 'Processor (CPU)',
  cuda: 'NVIDIA GPU (CUDA)',
  dml: 'GPU (DirectML)',
  coreml: 'Apple Neural Engine or GPU (Core ML)',
};

/** Where a package runs, in words; a provider that has none is named as it is. */
export function placeText(provider: string): string {
  return translated(PLACES[provider] ?? provider);
}
