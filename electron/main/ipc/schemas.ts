import { z } from 'zod';
import { MAX_ADDRESS, MAX_TOKEN } from '../../../core/base/limits.ts';
import { type MainApi, type MainMethod, THEMES } from '../../../core/contract/mainApi.ts';
import { LANGUAGES } from '../../../core/texts/locales.ts';

const MiB = 2 ** 20;
const LONGEST_NAME = 255; // what file systems take
const LARGEST_PICTURE = 512 * MiB;
const LONGEST_TEXT = 8 * MiB; // characters
const LARGEST_PREFERENCES = 1 * MiB;
const MOST_BUTTONS = 9;
const MOST_FILES = 200; // at once
const LARGEST_LOOK = 256; // px

const id = z.string().min(1).max(64);
const name = z.string().max(LONGEST_NAME);
const sentence = z.string().max(2000);
const switches = z.record(z.string().max(64), z.boolean());

/** What the window may send with each method. */
export const PARAMS: { readonly [M in MainMethod]: z.ZodType<MainApi[M]['params']> } = {
  'app.info': z.null(),
  'files.open': z.strictObject({ kind: z.enum(['picture', 'project', 'mask', 'tokens']) }),
  'files.openMany': z.null(),
  'files.openFolder': z.strictObject({ kind: z.enum(['picture', 'mask']) }),
  'files.saveFolder': z.null(),
  'files.saveIn': z.strictObject({ folder: id, name: name.min(1).refine(isPlainName, 'a plain name') }),
  'files.mayWrite': z.strictObject({ file: id }),
  'files.release': z.strictObject({ files: z.array(id).max(MOST_FILES) }),
  'files.reveal': z.strictObject({ file: id }),
  'files.save': z.strictObject({
    kind: z.enum(['project', 'png', 'jpeg', 'webp', 'mask', 'tokens', 'package']),
    name,
  }),
  'files.openModel': z.null(),
  'files.recent': z.null(),
  'files.openRecent': z.strictObject({ id }),
  'files.openSample': z.strictObject({ id }),
  'files.remember': z.strictObject({ file: id, look: look() }),
  'files.forget': z.strictObject({ id }),
  'window.document': z.strictObject({ name: name.nullable(), edited: z.boolean() }),
  'window.close': z.null(),
  'window.look': z.strictObject({ theme: z.enum(THEMES), scale: z.number().min(0.5).max(3) }),
  'window.language': z.strictObject({ language: z.enum(LANGUAGES) }),
  'packages.reveal': z.null(),
  'packages.chooseFolder': z.null(),
  'updates.check': z.null(),
  'updates.download': z.null(),
  'updates.cancel': z.null(),
  'updates.install': z.null(),
  'servers.list': z.null(),
  'servers.encrypts': z.null(),
  'servers.add': z.strictObject({
    url: z.url({ protocol: /^https?$/ }).max(MAX_ADDRESS),
    token: z
      .string()
      .max(MAX_TOKEN)
      .regex(/^[\x21-\x7e]*$/),
    certificate: id.nullable(),
  }),
  'servers.remove': z.strictObject({ id: z.string().min(1).max(MAX_ADDRESS) }),
  'servers.chooseCertificate': z.null(),
  'session.keep': z.strictObject({ files: z.array(id).max(MOST_FILES) }),
  'session.open': z.null(),
  'menu.keys': z.strictObject({ keys: z.record(z.string().max(64), z.string().max(40)) }),
  'menu.state': z.strictObject({ enabled: switches, checked: switches }),
  'clipboard.writePicture': z.strictObject({
    png: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= LARGEST_PICTURE, 'too large'),
  }),
  'clipboard.readPicture': z.null(),
  'clipboard.writeText': z.strictObject({ text: z.string().max(LONGEST_TEXT) }),
  'clipboard.readText': z.null(),
  'preferences.read': z.null(),
  'preferences.write': z.strictObject({
    values: z
      .record(z.string(), z.unknown())
      .refine((values) => lengthOf(values) <= LARGEST_PREFERENCES, 'too large, or no plain values'),
  }),
  'dialog.ask': z.strictObject({
    message: sentence,
    detail: sentence,
    buttons: z.array(z.string().min(1).max(80)).min(1).max(MOST_BUTTONS),
  }),
};

/** Whether a name stays in the folder that it is meant for. */
function isPlainName(value: string): boolean {
  return !/[\\/\0]/.test(value) && value !== '.' && value !== '..';
}

/** How long a value is as JSON; infinite where it cannot become any, as with a cycle. */
function lengthOf(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Infinity;
  }
}

/** A small picture, whose bytes are as many as its sides say. */
function look() {
  const side = z.int().min(1).max(LARGEST_LOOK);
  return z
    .strictObject({ width: side, height: side, data: z.instanceof(Uint8Array) })
    .refine(({ width, height, data }) => data.length === width * height * 4, 'all px');
}
