import type { Editor } from '../../../state/editor.svelte.ts';
import { samplingFlags } from '../../../../core/sampling/flags.ts';
import { seedText } from '../../../../core/base/seeds.ts';
import type { FillRequest } from '../../../../core/sampling/request.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { type TokenFile, TOKEN_FILE_FORMAT } from '../../../../core/tokens/tokenFile.ts';
import type { WaitingCandidate } from '../../../state/fillSession.svelte.ts';
import { TesseraError } from '../../../../core/base/errors.ts';
import { holeCells } from '../cells/hole.ts';
import { placeOf, tokenFileOf } from './content.ts';
import { readyTokens } from '../view/frameTokens.ts';
import { startAfter } from '../../../../core/sampling/trace.ts';
import { withActivity } from '../../files/activity.ts';

/** Asks where to, and writes the tokens of the frame: as JSON all that is known of them, as NPY the ids alone. */
export async function exportTokens(editor: Editor, document: OpenDocument): Promise<void> {
  const { tokens } = await readyTokens(editor, document);
  const content = tokenFileOf(tokens, holeCells(document), document.current.canvas);
  const name = await writeTokens(editor, content, `${stemOf(document)}-tokens.json`);
  if (name !== null) editor.notices.done(`Exported ${name}.`);
}

/** Asks where to, and writes a token file; gives the file's name, null if it was called off. */
export async function writeTokens(
  editor: Editor,
  tokens: TokenFile,
  suggested: string,
): Promise<string | null> {
  const file = await editor.main.call('files.save', { kind: 'tokens', name: suggested });
  if (!file) return null;
  await withActivity(editor, `Exporting ${file.name}`, ({ signal }) =>
    editor.engine.call('tokens.write', { file: file.id, tokens }, { signal }),
  );
  return file.name;
}

/** The name of a document without its ending. */
export function stemOf({ name }: OpenDocument): string {
  return name.replace(/\.[^.]*$/, '');
}

/**
 * Asks where to, and writes the tokens that the fill of the candidate that is shown began with; the command that draws its
 * tokens again from that file goes to the clipboard.
 */
export async function exportRequest(editor: Editor, document: OpenDocument): Promise<void> {
  const candidate = document.fill.current;
  if (!candidate) return;
  checkRepeatable(candidate);
  const index = frameOf(candidate, document);
  const content = requestFile(candidate, index);
  const name = await writeTokens(editor, content, `${stemOf(document)}-request.json`);
  if (name === null) return;
  const { request } = candidate.frames[index]!;
  const first = content.start ? 0 : candidate.number - 1; // a start has the numbers that are drawn from there
  await editor.main.call('clipboard.writeText', { text: commandFor({ ...request, first }, name) });
  editor.notices.done(`Exported ${name}. The command that repeats the fill with it is on the clipboard.`);
}

/** The frame that is spoken of: the one that a branch was made in, or the one that is looked at. */
function frameOf({ frames }: WaitingCandidate, { tokenWork }: OpenDocument): number {
  const branched = frames.findIndex(({ start }) => start !== null);
  return branched >= 0 ? branched : (tokenWork.scrub?.frame ?? 0);
}

/**
 * The grid of a fill before its first step: what was known, what was pinned in the hole, and where a branch goes on, or what
 * comes after the step that took over the coarse pass.
 */
function requestFile({ frames, order }: WaitingCandidate, index: number): TokenFile {
  const { request, trace, start: branched, source, grid: drawn } = frames[index]!;
  const { package: made, hole } = request;
  // What patches planned is not drawn: its tokens are given.
  const [{ ids, width, height }, pins] =
    source === 'patches' && !branched ? [drawn, hole] : [request.grid, request.pins];
  const start =
    branched ??
    (source !== 'patches' && request.planned && trace.length > 1 ? startAfter(request, trace, 1) : null);
  return {
    format: TOKEN_FILE_FORMAT,
    package: { id: made.id, sha256: made.sha256 },
    width,
    height,
    ids: [...ids],
    pins: [...pins],
    ...placeOf(order.plans[index]!.frame, order.selection.rect),
    ...(start && { start }),
  };
}

/** Tokens that were edited by hand are no fill, and a repair begins with what was there. */
function checkRepeatable({ mix, order }: WaitingCandidate): void {
  if (order.strength !== null) {
    throw new TesseraError(
      'usage',
      'A repair begins with the tokens of the picture, and no token file holds what it changed.',
      'Repeat it from the picture: tessera fill --strength.',
    );
  }
  if (!mix) return;
  throw new TesseraError(
    'usage',
    'A mix was painted by hand, and no command repeats it.',
    'Show one of the candidates that it was made from.',
  );
}

/** The command that draws the first candidate of a request again from its file, to be run in the folder of the file. */
export function commandFor(request: FillRequest, file: string): string {
  const { prompt } = request;
  const options: readonly (readonly [string, string | number | undefined])[] = [
    ['package', request.package.id],
    ['seed', seedText({ seed: request.seed, first: request.first ?? 0 })],
    ...samplingFlags(request),
    ['prompt', prompt?.text ? quoted(prompt.text) : undefined],
    ['negative', prompt?.negative ? quoted(prompt.negative) : undefined],
    ['guidance', prompt?.guidance],
    ['out', quoted(file.replace(/(\.[^.]*)?$/, '-filled.json'))],
  ];
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]));
  return `tessera tokens ${quoted(file)} --fill ${given.join(' ')}`;
}

/** As the shells of all systems take it. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `"${name.replace(/["\\$`]/g, '\\$&')}"`;
}
