/** What the name of a mask may have after that of its picture. */
const ENDINGS = ['', '-mask', '_mask', '.mask', ' mask'];

/** A name with accents in one form, and without regard to case. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase();

/** Names as they are, with accents in one form, and folded: the first way in which any is alike counts. */
const SAMENESS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.normalize('NFC'),
  folded,
];

/** A file's name without its folder and its extension: 'photos/cat.jpg' is 'cat'. */
export function stemOf(file: string): string {
  return file.replace(/^.*[\\/]/, '').replace(/(?!^)\.[^.]*$/, '');
}

/**
 * The files that may be the mask of a picture: those of its name, with '-mask' or the like after it or without. A name that
 * differs only in its case or in how its accents are stored counts where there is none that is alike.
 */
export function masksNamed(picture: string, files: readonly string[]): readonly string[] {
  const name = stemOf(picture);
  for (const same of SAMENESS) {
    for (const ending of ENDINGS) {
      const wanted = same(name + ending);
      const found = files.filter((file) => same(stemOf(file)) === wanted);
      if (found.length > 0) return found;
    }
  }
  return [];
}

/** Whether a file is named as a mask of another. */
export function isMaskName(file: string, files: readonly string[]): boolean {
  const name = folded(stemOf(file));
  return ENDINGS.some(
    (ending) =>
      ending !== '' &&
      name.endsWith(ending) &&
      files.some((other) => folded(stemOf(other)) === name.slice(0, -ending.length)),
  );
}
