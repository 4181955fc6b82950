import { type Command, Option } from 'commander';
import { PROVIDER_CHOICES, type ProviderChoice } from '../../../core/model/provider.ts';
import type { Verbosity } from './reporter.ts';
import { oneOf, text, wholeNumber } from './values.ts';

/** Options of every command that runs a model. */
export interface ModelOptions extends Verbosity {
  readonly package?: string; // id of an installed package, or a folder
  readonly provider: ProviderChoice;
  readonly threads?: number;
  readonly server?: readonly string[]; // addresses of those that run the models; one alone but for fills
  readonly engines?: number; // processes that fill here
  readonly serverTokens?: string; // file with the address and the token of each server
  readonly serverCertificate?: string; // PEM file with the client's certificate and key
}

/** Options of every command that writes files. */
export interface OutputOptions extends Verbosity {
  readonly out: string;
  readonly force: boolean; // may overwrite what it reads
}

/** Adds the options that every command takes. */
export function withVerbosity(command: Command): Command {
  return command
    .option('--json', 'print one JSON object on stdout and everything else on stderr', false)
    .option('-q, --quiet', 'print nothing but errors', false);
}

export function withModel(command: Command): Command {
  return command
    .option(
      '-p, --package <ID|FOLDER>',
      'model package (default: tessera-base; see "tessera packages")',
      text('--package'),
    )
    .addOption(
      new Option('--provider <NAME>', `where models run: ${PROVIDER_CHOICES.join(', ')}`)
        .argParser(oneOf('--provider', PROVIDER_CHOICES))
        .default('auto'),
    )
    .addOption(
      new Option('--threads <N>', 'threads per model run (default: one per physical core)').argParser(
        wholeNumber('--threads', 1, 256),
      ),
    )
    .option(
      '--server <URL>',
      'run the models on a server of the Open Inference Protocol v2; the token of a single one is read from TESSERA_SERVER_TOKEN',
      (value: string, before?: readonly string[]) => [...(before ?? []), text('--server')(value)],
    )
    .option(
      '--server-tokens <FILE>',
      'the tokens of several servers: one a line, its address and its token',
      text('--server-tokens'),
    )
    .option(
      '--server-certificate <FILE>',
      'PEM file with the certificate and the key that the server asks for',
      text('--server-certificate'),
    );
}

/** For commands that fill pictures, which several engines can share. */
export function withEngines(command: Command): Command {
  return command.addOption(
    new Option(
      '--engines <N>',
      'share several pictures out to N processes here; --server may be given several times, and then each server is one more',
    ).argParser(wholeNumber('--engines', 1, 64)),
  );
}

/** @param what what `--out` takes, for the help */
export function withOutput(command: Command, what: string): Command {
  return command
    .requiredOption('-o, --out <FILE>', what, text('--out'))
    .option('-f, --force', 'allow an output to replace a file that the command reads', false);
}

const METADATA = ['keep', 'no-location', 'none'] as const;
export type KeptMetadata = (typeof METADATA)[number];

export function withMetadata(command: Command): Command {
  return command.addOption(
    new Option('--metadata <WHAT>', `what of the source's metadata to keep: ${METADATA.join(', ')}`)
      .argParser(oneOf('--metadata', METADATA))
      .default('keep'),
  );
}

export function withQuality(command: Command): Command {
  return command.addOption(
    new Option('--quality <N>', 'of JPEG and WebP, 1 to 100').argParser(wholeNumber('--quality', 1, 100)),
  );
}
