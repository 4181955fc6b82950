import type { AbortNotice } from '../../../core/contract/clients.ts';
import { type Frame, sameFrame } from '../../../core/frames/frame.ts';
import type { EncodedFrame } from '../../../core/paint/requests.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { seesSame } from '../../../core/paint/frameSeen.ts';

/** A frame of a picture, to be encoded by a package. */
export interface Encodable {
  readonly package: { readonly id: string; readonly sha256: string };
  readonly frame: Frame;
  readonly picture: Raster;
}

/** Asks the engine for the tokens of a frame. */
export type Encode = (of: Encodable, signal: AbortNotice) => Promise<EncodedFrame>;

interface Encoded {
  readonly of: Encodable;
  readonly encoded: EncodedFrame;
}

interface Running {
  readonly of: Encodable;
  readonly stop: AbortController;
  readonly result: Promise<EncodedFrame>;
}

const MAX_ENTRIES = 3; // so that undoing and redoing costs nothing

/** What the engine has lately encoded of one document, and what it is encoding: the same is asked for once. */
export class Encodings {
  private lately: readonly Encoded[] = [];
  private running: readonly Running[] = [];
  private readonly onRunning: (isRunning: boolean) => void;

  constructor(onRunning: (isRunning: boolean) => void = () => undefined) {
    this.onRunning = onRunning;
  }

  find(of: Encodable): EncodedFrame | null {
    return this.lately.find((entry) => isSame(entry.of, of))?.encoded ?? null;
  }

  /** Rejects with 'aborted' when it is not needed any more. */
  get(of: Encodable, encode: Encode): Promise<EncodedFrame> {
    const known = this.find(of);
    if (known) return Promise.resolve(known);
    return (this.running.find((job) => isSame(job.of, of)) ?? this.begin(of, encode)).result;
  }

  /** Stops what is being encoded of anything else. */
  stopOthers(of: Encodable | null): void {
    for (const job of this.running) if (!of || !isSame(job.of, of)) job.stop.abort();
  }

  forget(): void {
    this.stopOthers(null);
    this.lately = [];
  }

  private begin(of: Encodable, encode: Encode): Running {
    const stop = new AbortController();
    const result = encode(of, stop.signal)
      .then((encoded) => {
        this.lately = [{ of, encoded }, ...this.lately].slice(0, MAX_ENTRIES);
        return encoded;
      })
      .finally(() => {
        this.setRunning(this.running.filter((other) => other !== job));
      });
    const job = { of, stop, result };
    this.setRunning([...this.running, job]);
    return job;
  }

  private setRunning(running: readonly Running[]): void {
    this.running = running;
    this.onRunning(running.length > 0);
  }
}

function isSame(a: Encodable, b: Encodable): boolean {
  return (
    a.package.sha256 === b.package.sha256 &&
    sameFrame(a.frame, b.frame) &&
    seesSame(a.frame, a.picture, b.picture)
  );
}
