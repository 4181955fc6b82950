/** The `code` of a Node error, such as ENOENT; undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether the operating system refused something, rather than a library or we. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

const CLAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left',
  EDQUOT: 'no space is left',
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EROFS: 'the disk cannot be written',
  EBUSY: 'another program uses it',
  ETXTBSY: 'another program uses it',
  ENOTDIR: 'a file lies where a folder is needed',
  EEXIST: 'a file lies where a folder is needed',
  ENAMETOOLONG: 'a name is too long',
};

/** What the operating system refused, as a clause: `..., since no space is left`. */
export function refusal(error: unknown): string {
  return CLAUSES[errorCode(error) ?? ''] ?? 'the disk does not work as it should';
}
