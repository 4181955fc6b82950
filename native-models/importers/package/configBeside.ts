import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parsePlainJson } from '../../../core/base/json.ts';

const LARGEST = 1 << 20; // bytes

/** Plain values of a settings file that lies near weights, such as the number of heads; empty where there is none. */
export type Config = Readonly<Record<string, unknown>>;

/** @param file the weights @param name of the settings, from the folder of the weights */
export async function configBeside(file: string, name = 'config.json'): Promise<Config> {
  const at = path.join(path.dirname(file), name);
  try {
    if ((await stat(at)).size > LARGEST) return {};
    const value = parsePlainJson(await readFile(at, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Config) : {};
  } catch {
    return {}; // what it would have said is taken as usual
  }
}

/** A whole number above 0 among the settings; null where there is none of this name. */
export function wholeIn(config: Config, name: string): number | null {
  const value = config[name];
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}
