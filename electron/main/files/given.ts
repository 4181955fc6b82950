import path from 'node:path';

/**
 * The files that a command line names. `args` begins with the executable, and in a checkout with the application's
 * folder after it (`inCheckout`); switches are Chromium's. What comes after `--` is a file, whatever it looks like.
 */
export function givenFiles(args: readonly string[], folder: string, inCheckout: boolean): string[] {
  const end = args.indexOf('--');
  const plain = (end === -1 ? args : args.slice(0, end)).filter((arg, at) => at > 0 && !arg.startsWith('-'));
  const files = [...plain.slice(inCheckout ? 1 : 0), ...(end === -1 ? [] : args.slice(end + 1))];
  return files.filter((file) => file !== '').map((file) => path.resolve(folder, file));
}
