// `npm run texts`: notes what the sources say in core/texts/*.po, for translators, and tells what is not translated yet.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';
import { setUp } from './setup.mjs';

setUp();
const { default: PO } = await import('pofile');
const { inFiles, noteTexts } = await import('./texts/hub.mjs');
await noteTexts(inFiles, { clean: true });
const { items } = PO.parse(readFileSync(path.join(root, 'core/texts/de.po'), 'utf8'));
const missing = items.filter(({ msgstr }) => !msgstr[0]).map(({ msgid }) => msgid);
process.stdout.write(`${items.length} texts, ${missing.length} not translated\n`);
for (const text of missing) process.stdout.write(`  ${text}\n`);
