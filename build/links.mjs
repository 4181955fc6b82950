// Checks that what the project's pages link to is there: files, folders, pictures and headings. Nothing is asked of a network.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';

/** @param {string} text of a page @returns {string} without what is code */
function withoutCode(text) {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
}

/** What links to the headings of a page end with, as GitHub makes it. @param {string} text @returns {Set<string>} */
export function anchorsIn(text) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  /** @type {Set<string>} */
  const anchors = new Set();
  for (const [, title = ''] of text
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = plain.replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    anchors.add(before === 0 ? anchor : `${anchor}-${before}`);
  }
  return anchors;
}

/** The targets of links and pictures of a page that lie in the project. @param {string} text @returns {string[]} */
export function localLinks(text) {
  const found = [...withoutCode(text).matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(
    ([, to = '']) => to,
  );
  return found.filter((to) => !/^[a-z][a-z+.-]*:/i.test(to));
}

/** What is wrong with the links of a page, a line each. @param {string} page path @returns {string[]} */
export function brokenLinks(page) {
  const text = readFileSync(page, 'utf8');
  return localLinks(text).flatMap((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : path.resolve(path.dirname(page), decodeURIComponent(file));
    if (!existsSync(target)) return [`${link}: there is no such file`];
    if (anchor === undefined || statSync(target).isDirectory() || !target.endsWith('.md')) return [];
    return anchorsIn(readFileSync(target, 'utf8')).has(anchor) ? [] : [`${link}: there is no such heading`];
  });
}

if (process.argv[1] === import.meta.filename) {
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const name of stdout.trim().split('\n')) {
    const page = path.join(root, name);
    for (const problem of existsSync(page) ? brokenLinks(page) : []) {
      process.stdout.write(`${name}: ${problem}\n`);
      process.exitCode = 1;
    }
  }
}
