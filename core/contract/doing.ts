import type { EngineMethod } from './engineApi.ts';

/** What each method does, as it ends the sentence "... stopped while ...". */
export const DOING: Readonly<Record<EngineMethod, string>> = {
  'picture.read': 'reading the picture',
  'picture.write': 'writing the picture',
  'mask.read': 'reading the mask',
  'mask.write': 'writing the mask',
  'package.list': 'looking for packages',
  'package.load': 'loading the package',
  'fill.run': 'filling',
  'fill.compose': 'showing a candidate',
  'tokens.encode': 'reading the tokens of the frame',
  'tokens.paint': 'painting tokens',
  'tokens.suggest': 'looking for suggestions',
  'tokens.measure': 'measuring what the model thinks',
  'tokens.read': 'reading the token file',
  'tokens.write': 'writing the token file',
  'package.swatches': 'drawing the swatches of the palette',
  'project.open': 'opening the project',
  'project.save': 'saving the project',
  'recovery.add': 'keeping a copy for recovery',
  'recovery.keep': 'keeping a copy for recovery',
  'recovery.list': 'looking for what can be recovered',
  'recovery.open': 'recovering the document',
  'recovery.drop': 'clearing what was kept for recovery',
};
