import type { Reading } from '../model/conditioner.ts';
import type { Precision } from '../model/importing.ts';
import type { PrecisionCost } from '../model/precisionCost.ts';
import type { PackageSampling } from '../model/manifest.ts';
import type { GrantId, Method } from './engineApi.ts';

/** What the window asks of the engine about model packages. */
export interface PackageApi {
  'package.list': Method<null, never, PackageInfo[]>;
  /** Makes a package ready to run; loading it again costs nothing. */
  'package.load': Method<{ readonly ref: string }, never, PackageInfo>;
  /** Tells what files are: a package, or the parts of a published model. Nothing is written. */
  'package.recognise': Method<{ readonly files: readonly GrantId[] }, never, FilesRecognised>;
  /** Installs a package for this user. */
  'package.install': Method<{ readonly file: GrantId }, never, PackageInfo>;
  /** Makes a package of published checkpoints and installs it for this user. */
  'package.import': Method<ModelToImport, ImportProgress, PackageInfo>;
  /** Measures what the precision of an imported package costs, on pictures, against the files that it was made of. */
  'package.measure': Method<PackageToMeasure, { readonly done: number }, PackageInfo>;
  /** How a package reads the words of a prompt. */
  'package.readPrompt': Method<{ readonly ref: string; readonly words: string }, never, Reading>;
  /** Looks at what a server has that a person added; its packages are in the list from then on. */
  'server.look': Method<{ readonly server: ServerId }, never, PackageInfo[]>;
  /** Tells what happens to packages by itself, for as long as anyone listens; ends by an abort alone. */
  'package.follow': Method<null, PackageNews, never>;
  /** Removes a package of this user, a broken one by the name of its folder. */
  'package.remove': Method<{ readonly ref: string }, never, null>;
  /** Compares every file of a package with its SHA-256. Throws 'package' where one is damaged. */
  'package.verify': Method<{ readonly ref: string }, never, null>;
  /** What lies among this user's packages and cannot be used. */
  'package.broken': Method<null, never, BrokenPackage[]>;
  /** Restores what is damaged of a package from a file, or from another copy that is here; gives the files that were. */
  'package.repair': Method<{ readonly ref: string; readonly from: GrantId | null }, never, string[]>;
  /** Writes a package as one file, which installs as the same package. */
  'package.export': Method<{ readonly ref: string; readonly file: GrantId }, { readonly done: number }, null>;
  /** Which packages the tokens of projects belong to; null for one that cannot be read. */
  'package.needs': Method<{ readonly projects: readonly GrantId[] }, never, (NeededPackage[] | null)[]>;
  /** Moves the folder of this user's packages. */
  'package.move': Method<{ readonly folder: GrantId }, { readonly done: number }, null>;
  /** How much the disk of this user's packages can take, bytes; null where it does not tell. */
  'package.space': Method<null, never, number | null>;
}

/** A package that cannot be used. */
export interface BrokenPackage {
  readonly ref: string; // the name of its folder
  readonly message: string; // what is wrong, one sentence
}

/** A package as tokens name it. */
export interface NeededPackage {
  readonly id: string;
  readonly sha256: string;
}

/** What messages call a server, and what it is asked for by: its address without the scheme. */
export type ServerId = string;

/** A package has moved: its models run elsewhere than they did. */
export interface PackageNews {
  readonly ref: string;
  readonly message: string; // one sentence
}

export interface PackageInfo {
  readonly ref: string; // what methods ask for it by: its id here, `id:version` beside a newer one, `id@server` on a server
  readonly id: string;
  readonly server: ServerId | null; // null for one of this machine
  readonly sha256: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly provider: string; // where it runs; '' before it was loaded
  readonly codes: number;
  readonly downsample: number; // model px per token
  readonly minSize: number; // model px
  readonly fills: boolean; // whether it has a denoiser; a tokenizer alone does all else
  readonly window: { readonly min: number; readonly max: number }; // tokens per side
  readonly prompt: PromptTaken | null; // null where nothing leads it
  readonly usual: PackageSampling | null; // how fills with it are best drawn
  readonly pass: number | null; // ms of one pass of its denoiser here; null before that was measured
  readonly palette: { readonly order: readonly number[]; readonly colors: readonly string[] };
  readonly precision: Precision | null; // of its numbers; null for one that was not imported
  readonly cost: PrecisionCost | null; // of that; null where it was not measured
  readonly bytes: number; // on the disk
  readonly own: boolean; // this user's, so that it can be removed; others come with Tessera
}

/** What can be asked of a package that is led by words. */
export interface PromptTaken {
  readonly names: readonly string[] | null; // the kinds of pictures that it knows; null for words
  readonly words: readonly string[] | null; // the only words that it knows; null for any
  readonly guidance: number; // how far a prompt leads where nobody says otherwise
}

/** What files that a person chose are. */
export interface FilesRecognised {
  readonly kind: 'package' | 'checkpoints';
  readonly name: string; // what to call the model
  readonly license: string; // '' if unknown
  readonly parts: readonly PartRecognised[];
  readonly missing: string | null; // what else is needed, one sentence
  readonly notes: readonly string[]; // sentences
  /** What a package that is made of checkpoints would be; null where none can be made, and for a package. */
  readonly making: PackageToMake | null;
}

export interface PackageToMake {
  readonly bytes: Readonly<Record<Precision, number>>; // about
  readonly fill: Readonly<Record<Precision, number>> | null; // ms of a Balanced fill in one window here, about; null without a denoiser
  readonly classes: number; // kinds of pictures that its denoiser knows; 0 for none
  readonly quick: boolean; // whether what a lower precision costs is soon measured
}

/** The files of a model and what a person says about the package that they become. */
export interface ModelToImport {
  readonly files: readonly GrantId[];
  readonly name: string; // '' for what it is called otherwise
  readonly license: string; // '' where nobody knows
  readonly precision: Precision;
  readonly classId: number | null; // null for any kind of pictures
}

/** A package and the files that it was made of. */
export interface PackageToMeasure {
  readonly ref: string;
  readonly files: readonly GrantId[];
  readonly samples: readonly GrantId[]; // pictures
}

export interface ImportProgress {
  readonly what: string; // such as "Writing the models"
  readonly done: number; // 0 .. 1
}

/** A tokenizer, a denoiser or a text model in one of the files. */
export interface PartRecognised {
  readonly part: 'tokenizer' | 'denoiser' | 'text';
  readonly file: string; // its name, without its folder
  readonly family: string; // as people call it; '' for a part of a package
  readonly bytes: number; // of the file
  readonly codes: number; // of a text model, words and parts of words
  readonly pixels: number | null; // model px per token, of a tokenizer
  readonly side: number | null; // tokens per side that a denoiser sees
}
