import { remadeSchema } from '../../document/project/remade.ts';
import { fillRecordSchema } from '../../fill/record.ts';
import { z } from 'zod';
import { PRECISIONS } from '../../model/importing.ts';
import { LIMITS } from '../../sampling/validate.ts';
import type { EngineMethod, ParamsOf } from '../engineApi.ts';
import { objectToRefine, objectToSelect } from './objectParams.ts';
import { fillParams } from './fillParams.ts';
import {
  tokenFile,
  tokensToCompose,
  tokensToEncode,
  tokensToMeasure,
  tokensToPaint,
  tokensToSuggest,
} from './tokenParams.ts';
import { text, whole } from '../../base/schema.ts';
import { bytes, name, PICTURE_TILE, rect, SELECTION_TILE, tiles } from './values.ts';

const grant = name;
const document = z.uuid('a UUID'); // part of file names, so nothing else will do
const nothing = z.null('null');
const object = 'an object';

const pictureToWrite = z.object(
  {
    file: grant.nullable(),
    format: z.enum(['png', 'jpeg', 'webp'], 'png, jpeg or webp'),
    quality: whole(1, 100),
    canvas: rect,
    tiles: tiles(PICTURE_TILE),
    selection: z.exactOptional(tiles(SELECTION_TILE)),
    metadata: z.object({ exif: z.exactOptional(bytes()), xmp: z.exactOptional(bytes()) }, object),
    location: z.exactOptional(z.boolean('true or false')),
    record: z.exactOptional(fillRecordSchema),
  },
  object,
);

const label = z.union(
  [whole(0, 255), z.string().regex(/^#[0-9a-f]{6}$/)],
  'a number from 0 to 255 or a colour such as #ff0000',
);

const part = z.object(
  {
    id: whole(0, Number.MAX_SAFE_INTEGER),
    kind: z.enum(['tile', 'tokens', 'metadata'], 'tile, tokens or metadata'),
    bytes: bytes(),
  },
  'a part',
);

/** What each method of the engine accepts. Texts complete the sentence "<place> must be ...". */
export const engineSchemas: { readonly [M in EngineMethod]: z.ZodType<ParamsOf<M>> } = {
  'picture.read': z.union(
    [
      z.strictObject({ file: grant, partial: z.exactOptional(z.boolean()) }),
      z.strictObject({ bytes: bytes(), name }),
    ],
    'a file, or bytes with a name',
  ),
  'picture.write': pictureToWrite,
  'mask.read': z.object({ file: grant, canvas: rect, label: z.exactOptional(label) }, object),
  'mask.write': z.object({ file: grant, canvas: rect, tiles: tiles(SELECTION_TILE) }, object),
  'object.select': objectToSelect,
  'object.refine': objectToRefine,
  'package.list': nothing,
  'package.load': z.object({ ref: name }, object),
  'package.recognise': z.object({ files: z.array(grant, 'a list of files').min(1).max(64) }, object),
  'package.install': z.object({ file: grant }, object),
  'package.import': z.object(
    {
      files: z.array(grant, 'a list of files').min(1).max(64),
      name: z.string('a text').max(200, 'at most 200 characters long'),
      license: z.string('a text').max(500, 'at most 500 characters long'),
      precision: z.enum(PRECISIONS, PRECISIONS.join(', ')),
      classId: whole(0, 1_000_000).nullable(),
    },
    object,
  ),
  'package.measure': z.object(
    {
      ref: name,
      files: z.array(grant, 'a list of files').min(1).max(64),
      samples: z.array(grant, 'a list of files').min(1).max(16),
    },
    object,
  ),
  'package.readPrompt': z.object(
    { ref: name, words: z.string('a text').max(LIMITS.prompt, `at most ${LIMITS.prompt} characters`) },
    object,
  ),
  'package.follow': nothing,
  'server.look': z.object({ server: name }, object),
  'package.remove': z.object({ ref: name }, object),
  'package.verify': z.object({ ref: name }, object),
  'package.broken': nothing,
  'package.repair': z.object({ ref: name, from: grant.nullable() }, object),
  'package.export': z.object({ ref: name, file: grant }, object),
  'package.needs': z.object({ projects: z.array(grant, 'a list of files').max(64) }, object),
  'package.move': z.object({ folder: grant }, object),
  'package.space': nothing,
  'package.swatches': z.object({ ref: name }, object),
  'fill.run': fillParams,
  'fill.compose': tokensToCompose,
  'tokens.encode': tokensToEncode,
  'tokens.paint': tokensToPaint,
  'tokens.suggest': tokensToSuggest,
  'tokens.measure': tokensToMeasure,
  'tokens.read': z.object({ file: grant }, object),
  'tokens.write': z.object({ file: grant, tokens: tokenFile }, object),
  'project.open': z.object({ file: grant, document }, object),
  'project.save': z.object({ file: grant, document, json: text, stamp: name.nullable() }, object),
  'recovery.origin': z.object({ file: grant, document, json: text }, object),
  'recovery.remade': z.object({ document, remade: remadeSchema }, object),
  'recovery.add': z.object({ document, parts: z.array(part, 'a list of parts') }, object),
  'recovery.keep': z.object({ document, json: text.nullable() }, object),
  'recovery.list': z.object({ open: z.array(document, 'a list of documents') }, object),
  'recovery.open': z.object({ document }, object),
  'recovery.drop': z.object({ document }, object),
};
