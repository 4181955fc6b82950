import type { HeatKind, HeatMap } from '../../../state/tokens/tokenWork.svelte.ts';
import { bitsText, levelsText, percentText } from '../../text/size.ts';

/** How the kinds of heat map are called and explained. */
export const HEAT_TEXTS: Readonly<Record<HeatKind, { readonly label: string; readonly sentence: string }>> = {
  confidence: {
    label: 'Confidence',
    sentence: 'The probability that the model gives to each token, knowing all the others.',
  },
  entropy: {
    label: 'Entropy',
    sentence: 'How undecided the model is at each token: 0 bits where one code is certain.',
  },
  error: {
    label: 'Error',
    sentence: 'How far the picture is from what its tokens can show: what the codebook costs here.',
  },
};

/** What stands at a place of the scale. */
export function valueText({ kind }: Pick<HeatMap, 'kind'>, value: number): string {
  switch (kind) {
    case 'confidence':
      return percentText(value);
    case 'entropy':
      return bitsText(value);
    case 'error':
      return levelsText(value);
  }
}
