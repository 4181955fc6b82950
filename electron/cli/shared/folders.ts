import { embeddedPackages } from '../../../native-models/runtime/findPackages.ts';
import { userPackages } from '../../io/packageFolders.ts';

/** Where packages are looked for; a user's own come first, so that a newer build can replace an embedded one. */
export function packageFolders(root: string): readonly string[] {
  return [userPackages(), embeddedPackages(root)];
}
