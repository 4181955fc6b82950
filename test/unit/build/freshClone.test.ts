import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../build/project.mjs';

const { scripts, bin } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  bin: Record<string, string>;
};
const commands = Object.values(scripts).flatMap((script) => /^node (\S+\.mjs)$/.exec(script)?.[1] ?? []);

// What a command imports statically is loaded before its first line can install anything.
test.each([...commands, ...Object.values(bin)])('%s starts where nothing is installed yet', (command) => {
  expect(commands.length).toBeGreaterThan(5);
  expect(packagesLoadedBy(path.join(root, command))).toEqual([]);
});

/** @returns "importer: package" for every package in the static imports of a file and of what it imports */
function packagesLoadedBy(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b(?:[^;'(]*? from)? '([^']+)';/gm);
  return [...imports].flatMap(([, source = '']) => {
    if (source.startsWith('node:')) return [];
    if (source.startsWith('.')) return packagesLoadedBy(path.resolve(path.dirname(file), source), seen);
    return [`${path.relative(root, file)}: ${source}`];
  });
}
