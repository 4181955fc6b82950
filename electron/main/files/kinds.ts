import path from 'node:path';
import type { FileGrant, OpenKind, SaveKind } from '../../../core/contract/mainApi.ts';
import type { FileAccess } from '../../../core/contract/engineHost.ts';
import { PICTURE_EXTENSIONS } from '../../io/pictureNames.ts';
import { translated } from '../texts.ts';

type FileKind = FileGrant['kind'];

/** A row of a dialog's list of file types. */
export interface FileType {
  readonly name: string;
  readonly extensions: string[];
}

const PICTURES = [...PICTURE_EXTENSIONS];
const PROJECT: FileType = { name: 'Tessera project', extensions: ['tessera'] };
const TOKENS: FileType = { name: 'Tokens', extensions: ['json', 'npy'] };

export const OPEN_TYPES: Readonly<Record<OpenKind, FileType[]>> = {
  any: [
    { name: 'Pictures and projects', extensions: [...PICTURES, 'tessera'] },
    { name: 'Pictures', extensions: PICTURES },
    PROJECT,
  ],
  picture: [{ name: 'Pictures', extensions: PICTURES }],
  project: [PROJECT],
  mask: [{ name: 'Masks', extensions: PICTURES }],
  tokens: [TOKENS],
};

/** Of the dialogs that ask for a file. */
export const OPEN_TITLES: Readonly<Record<OpenKind, string>> = {
  any: 'Open pictures and projects',
  picture: 'Place a picture',
  project: 'Open a project',
  mask: 'Import a mask',
  tokens: 'Open tokens',
};

export const SAVE_TITLES: Readonly<Record<SaveKind, string>> = {
  project: 'Save the project',
  png: 'Export a picture',
  jpeg: 'Export a picture',
  webp: 'Export a picture',
  mask: 'Export the mask',
  tokens: 'Save the tokens',
  package: 'Export the model',
};

export const SAVE_TYPES: Readonly<Record<SaveKind, FileType>> = {
  project: PROJECT,
  png: { name: 'PNG', extensions: ['png'] },
  jpeg: { name: 'JPEG', extensions: ['jpg', 'jpeg'] },
  webp: { name: 'WebP', extensions: ['webp'] },
  mask: { name: 'PNG', extensions: ['png'] },
  tokens: TOKENS,
  package: { name: 'Package of a model', extensions: ['tspkg'] },
};

/** What models come in: packages, and checkpoints of PyTorch and safetensors. */
const MODELS: FileType = {
  name: 'Models',
  extensions: ['tspkg', 'th', 'pth', 'pt', 'ckpt', 'bin', 'safetensors'],
};

/** Names the parts of a model that lies in several folders, as diffusers writes it. */
const MODEL_INDEX = 'model_index.json';

/** The same with the index of a model that lies in several folders. */
export const MODELS_AND_INDEXES: FileType = { ...MODELS, extensions: [...MODELS.extensions, 'json'] };

export const ALL_FILES: FileType = { name: 'All files', extensions: ['*'] };

/** A type as a dialog shows it. */
export function named({ name, extensions }: FileType): FileType {
  return { name: translated(name), extensions };
}

/** What a file is to Tessera. What its name does not tell is taken for a picture: the codec looks at the bytes. */
export function kindOf(file: string): FileKind {
  const extension = path.extname(file).slice(1).toLowerCase();
  if (PROJECT.extensions.includes(extension)) return 'project';
  if (MODELS.extensions.includes(extension) || path.basename(file) === MODEL_INDEX) return 'model';
  return TOKENS.extensions.includes(extension) ? 'tokens' : 'picture';
}

/** Whether a file is named as a picture. */
export function isPicture(file: string): boolean {
  return PICTURES.includes(path.extname(file).slice(1).toLowerCase());
}

export function savedKind(kind: SaveKind): FileKind {
  if (kind === 'package') return 'model';
  return kind === 'project' || kind === 'mask' || kind === 'tokens' ? kind : 'picture';
}

/** Projects are saved to where they came from; all else that was opened is only read. */
export function openedAccess(kind: FileKind): FileAccess {
  return kind === 'project' ? 'write' : 'read';
}

/** `file` with an extension of its type: some dialogs leave adding it to us. */
export function withExtension(file: string, { extensions }: FileType): string {
  const has = extensions.includes(path.extname(file).slice(1).toLowerCase());
  return has ? file : `${file}.${extensions[0] ?? ''}`;
}
