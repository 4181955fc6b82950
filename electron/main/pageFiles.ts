import path from 'node:path';
import { HOST } from './origin.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** A file of the page, and the media type that it is sent with. */
export interface PageFile {
  readonly file: string;
  readonly type: string;
}

/** The file in `folder` that an address means; null where it is none of the page's. */
export function pageFile(folder: string, address: string): PageFile | null {
  const { host, pathname } = new URL(address);
  if (host !== HOST) return null;
  const file = path.resolve(folder, `.${decoded(pathname)}`);
  const type = TYPES[path.extname(file)];
  return file.startsWith(folder + path.sep) && type !== undefined ? { file, type } : null;
}

/** '' for what is not valid: no file has that name. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '';
  }
}
