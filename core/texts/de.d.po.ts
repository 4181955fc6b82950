import type { Catalogue } from './messages.ts';

/** The texts of `de.po` that have one form; build/texts makes them of the file. */
declare const entries: Catalogue;
export default entries;
