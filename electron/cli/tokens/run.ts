import { TesseraError } from '../../../core/base/errors.ts';
import { checkIds } from '../../../core/tokens/grid.ts';
import type { TokenFile } from '../../../core/tokens/tokenFile.ts';
import { writeTokenFile } from '../../io/tokenFiles.ts';
import type { TokensOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { planTokens } from '../shared/plan.ts';
import { checkPackage, gridOf, type OpenedTokens, openTokens } from '../shared/tokenFile.ts';
import { editText, tokenInfo, tokenText } from './describe.ts';
import { applyEdits } from './edits.ts';
import { measure, suggest } from './measure.ts';
import { refill } from './refill.ts';
import type { ReportFields } from '../shared/report.ts';
import { identify } from './withTokens.ts';

export async function run(context: Context, options: TokensOptions): Promise<ReportFields> {
  const { file, out } = options;
  if (options.suggest) {
    return suggest(context, options, options.suggest, (await editedTokens(options)).tokens);
  }
  if (options.likelihood) return likelihood(context, options);
  if (out === undefined) return show(context, file);
  const outputs = await planTokens([file], {
    ...options,
    out,
    candidates: options.fill ? options.candidates : 1,
  });
  const { tokens: edited, changed } = await editedTokens(options);
  return options.fill
    ? refill(context, options, edited, outputs[0]!)
    : save(context, options, edited, changed, outputs[0]![0]!);
}

async function editedTokens({ file, edits }: TokensOptions): Promise<ReturnType<typeof applyEdits>> {
  const tokens = await openTokens(file);
  if (edits.length > 0 && tokens.start) {
    throw new TesseraError(
      'usage',
      `The tokens in "${file}" are those of a fill after step ${tokens.start.step}, and cannot be changed there.`,
      'Fill them first, and change what comes of it.',
    );
  }
  return applyEdits(tokens, edits);
}

async function likelihood(context: Context, options: TokensOptions): Promise<ReportFields> {
  const { file, out } = options;
  const [outputs] = out === undefined ? [[]] : await planTokens([file], { ...options, out, candidates: 1 });
  return measure(context, options, (await editedTokens(options)).tokens, outputs?.[0]);
}

async function show({ reporter }: Context, file: string): Promise<ReportFields> {
  const info = tokenInfo(await openTokens(file));
  reporter.say(tokenText(file, info));
  return { input: file, tokens: info };
}

async function save(
  { reporter, root }: Context,
  options: TokensOptions,
  tokens: OpenedTokens,
  changed: number,
  path: string,
): Promise<ReportFields> {
  const { made, codes } = await identify(tokens, options.package, root);
  checkPackage(tokens, made, options.file);
  if (codes !== null) checkIds(gridOf(tokens), codes);
  const file: TokenFile = { ...tokens, package: made };
  await writeTokenFile(path, file);
  const info = tokenInfo(file);
  reporter.say(`${path}\n${editText(changed, info)}`);
  return { input: options.file, outputs: [path], tokensChanged: changed, tokens: info };
}
