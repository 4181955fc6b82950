import { stat } from 'node:fs/promises';
import { DEFAULT_PACKAGE } from '../../../native-models/runtime/findPackages.ts';
import { openPackageFolder } from '../../../native-models/runtime/packageFolder.ts';
import { availableProviders } from '../../../native-models/runtime/providers.ts';
import { readPictureInfo } from '../../io/pictureInfo.ts';
import { describeRecord } from '../../../core/fill/record.ts';
import type { InfoOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { openTokens } from '../shared/tokenFile.ts';
import { tokenInfo, tokenText } from '../tokens/describe.ts';
import type { ReportFields } from '../shared/report.ts';
import { bytesText, table } from '../shared/text.ts';
import { packageDetails, packageText } from '../packages/describe.ts';
import { packageFolders } from '../shared/folders.ts';
import { folderOf } from '../shared/withPackage.ts';

export async function run(context: Context, { subject }: InfoOptions): Promise<ReportFields> {
  if (subject === undefined) return aboutTessera(context);
  const found = await stat(subject).catch(() => null);
  // A name without an extension that is no file is taken for the id of a package.
  if (found?.isDirectory() || (!found && /^[a-z0-9_-]+(:[\w.+-]+)?$/.test(subject)))
    return aboutPackage(context, subject);
  return /\.(json|npy)$/i.test(subject) ? aboutTokens(context, subject) : aboutPicture(context, subject);
}

function aboutTessera({ version, root, reporter }: Context): ReportFields {
  const info = {
    version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    providers: availableProviders(),
    defaultPackage: DEFAULT_PACKAGE,
    packageFolders: packageFolders(root),
  };
  reporter.say(
    table([
      ['Tessera', version],
      ['Node.js', info.node],
      ['platform', info.platform],
      ['models run on', info.providers.join(', ')],
      ['default package', info.defaultPackage],
      ['packages in', info.packageFolders.join(', ')],
    ]),
  );
  return { info };
}

async function aboutPackage({ root, reporter }: Context, name: string): Promise<ReportFields> {
  const details = packageDetails(await openPackageFolder(await folderOf(name, root)));
  reporter.say(packageText(details));
  return { packageInfo: details };
}

async function aboutTokens({ reporter }: Context, file: string): Promise<ReportFields> {
  const info = tokenInfo(await openTokens(file));
  reporter.say(tokenText(file, info));
  return { input: file, tokens: info };
}

async function aboutPicture({ reporter }: Context, file: string): Promise<ReportFields> {
  const { info, bytes, record } = await readPictureInfo(file);
  const rows: [string, string][] = [
    ['size', `${info.width} x ${info.height} px`],
    [
      'format',
      `${info.format}, ${info.colourSpace}, ${info.sourceBitDepth} bit${info.hasAlpha ? ', alpha' : ''}`,
    ],
    ['file', bytesText(bytes)],
    ['done', record ? describeRecord(record) : 'nothing that the file tells of'],
  ];
  reporter.say(`${file}\n${table(rows).replace(/^/gm, '  ')}`);
  return { input: file, picture: { ...info, bytes }, fill: record ?? null };
}
