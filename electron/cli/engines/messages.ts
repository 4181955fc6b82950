import type { ErrorShape } from '../../../core/base/errors.ts';
import type { CandidateSeed } from '../../../core/base/seeds.ts';
import type { ReportFields } from '../shared/report.ts';
import type { Destination } from '../shared/plan.ts';
import type { FillReport } from '../fill/report.ts';

/** What an engine of several is: on a server, or a process here with so many threads per run. */
export interface EngineSpec {
  readonly server?: string;
  readonly threads?: number;
}

/** One picture of many, as an engine is told it. */
export interface SharedTask {
  readonly index: number; // among the pictures of the command
  readonly count: number;
  readonly input: string;
  readonly destination: Destination;
  readonly seed: CandidateSeed;
}

/** What an engine says of itself once it has loaded its package. */
export interface EngineAbout {
  readonly sha256: string; // of the package
  readonly fields: ReportFields; // of the report, the same for every picture
  readonly steps: number;
}

export interface ToEngine {
  readonly kind: 'task';
  readonly task: SharedTask;
}

export type FromEngine =
  | { readonly kind: 'ready'; readonly about: EngineAbout }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'step'; readonly share: number } // 0 .. 1, of its picture
  | { readonly kind: 'done'; readonly report: FillReport }
  | { readonly kind: 'failed'; readonly error: ErrorShape }
  /** It cannot be used: its package was not to be had, or it has ended. */
  | { readonly kind: 'gone'; readonly error: ErrorShape };

/** The other end of an engine. */
export interface EngineLine {
  send(message: ToEngine): void;
  listen(hear: (message: FromEngine) => void): void;
  end(): void;
}
