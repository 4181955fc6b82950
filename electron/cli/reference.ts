import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseCommandLine } from './program.ts';

/** Where the reference lies, below the folder of the project. */
export const REFERENCE = path.join('docs', 'command-line.md');

const COLUMNS = 100; // of the help in it

const BEGINNING = `# The command line

\`npm run -s tessera -- COMMAND\` in a checkout, or \`tessera COMMAND\` after \`npm install -g .\`. This page is what
\`tessera help\` prints; \`npm run docs\` writes it.
`;

/** The help of every command as one page. */
export function commandReference(): string {
  const overview = helpOf('--help');
  const commands = namesIn(overview).map((name) => {
    const help = helpOf('help', name);
    const parts = namesIn(help).filter(
      (part) => part !== 'help' && helpOf(name, part, '--help').includes('Options:'),
    );
    const more = parts.map((part) => block(helpOf(name, part, '--help')));
    return [`## tessera ${name}\n`, block(help), ...more].join('\n');
  });
  return [BEGINNING, block(overview), ...commands].join('\n');
}

/** Writes the page. */
export function main(_args: string[], { root }: { readonly root: string }): Promise<number> {
  writeFileSync(path.join(root, REFERENCE), commandReference());
  return Promise.resolve(0);
}

function helpOf(...args: readonly string[]): string {
  const parsed = parseCommandLine(args, '', COLUMNS);
  return parsed.kind === 'text' ? parsed.text.trimEnd() : '';
}

/** The commands that a help lists. */
function namesIn(help: string): readonly string[] {
  const [, list = ''] = /^Commands:\n((?: {2}.*\n?)*)/m.exec(help) ?? [];
  return [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name!).filter((name) => name !== 'help');
}

function block(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\`\n`;
}
