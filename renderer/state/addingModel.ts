import type { FilesRecognised, ModelToImport, PackageInfo } from '../../core/contract/packageApi.ts';
import type { FileGrant } from '../../core/contract/mainApi.ts';
import type { PixelPatch } from '../../core/pixels/picture.ts';
import type { Raster } from '../../core/raster/raster.ts';

/** How far the adding of a model is. */
export type AddingModel =
  | { readonly step: 'choose'; readonly problem: string | null } // what was wrong with the last choice
  | {
      readonly step: 'working';
      readonly what: string;
      readonly done: number | null;
      readonly optional: boolean; // whether all else goes on without it
      cancel(): void;
    }
  | {
      readonly step: 'recognised';
      readonly files: readonly FileGrant[];
      readonly found: FilesRecognised;
      readonly choices: ModelChoices;
    }
  | { readonly step: 'done'; readonly info: PackageInfo; readonly trial: Trial | null };

/** What a person says about the package that checkpoints become. */
export interface ModelChoices extends Omit<ModelToImport, 'files'> {
  readonly measure: boolean; // what a lower precision costs
}

/** A sample picture with its middle filled by a model; by a tokenizer alone, its middle from tokens. */
export interface Trial {
  readonly picture: Raster;
  readonly selection: Raster;
  readonly patches: readonly PixelPatch[];
  readonly duration: number; // ms, of a Balanced fill with the model in memory
}
