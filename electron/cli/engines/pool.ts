import { type ErrorShape, fromErrorShape, TesseraError } from '../../../core/base/errors.ts';
import type { FillReport } from '../fill/report.ts';
import type { EngineAbout, EngineLine, SharedTask } from './messages.ts';

/** Several engines that take pictures from one queue. */
export interface Pool {
  /** What the first engine that is ready says of itself. @throws TesseraError where none can be used */
  readonly about: () => Promise<EngineAbout>;
  /** Fills one picture on whichever engine is free. One whose engine is lost meanwhile is filled by another. */
  readonly fill: (task: SharedTask) => Promise<FillReport>;
  readonly end: () => void;
}

/** Hears what engines say meanwhile. */
export interface PoolListener {
  note(text: string): void;
  step(index: number, share: number): void;
}

interface Waiting {
  readonly task: SharedTask;
  readonly resolve: (report: FillReport) => void;
  readonly reject: (error: unknown) => void;
}

/** An error of an engine, not of a picture: another engine may do better. */
const OF_ENGINE: ReadonlySet<ErrorShape['code']> = new Set(['package']);

export function createPool(lines: readonly EngineLine[], listener: PoolListener): Pool {
  const queue: Waiting[] = [];
  const idle = new Set<EngineLine>();
  const busy = new Map<EngineLine, Waiting>();
  const left = new Set(lines);
  let first: EngineAbout | null = null;
  let problem = new TesseraError('internal', 'No engine is left.');
  let resolveAbout: (about: EngineAbout) => void = () => undefined;
  let rejectAbout: (error: unknown) => void = () => undefined;
  const known = new Promise<EngineAbout>((resolve, reject) => {
    resolveAbout = resolve;
    rejectAbout = reject;
  });
  known.catch(() => undefined); // may be asked for late

  function share(): void {
    for (const line of idle) {
      const next = queue.shift();
      if (!next) return;
      idle.delete(line);
      busy.set(line, next);
      line.send({ kind: 'task', task: next.task });
    }
  }

  function finish(line: EngineLine): Waiting | undefined {
    const waiting = busy.get(line);
    busy.delete(line);
    return waiting;
  }

  function ready(line: EngineLine, about: EngineAbout): void {
    first ??= about;
    if (about.sha256 !== first.sha256) {
      lose(line, ANOTHER_BUILD);
      return;
    }
    resolveAbout(first);
    idle.add(line);
    share();
  }

  /** Its picture goes to the front of the queue; with the last engine, all that waits fails. */
  function lose(line: EngineLine, error: ErrorShape): void {
    if (!left.delete(line)) return;
    idle.delete(line);
    line.end();
    problem = fromErrorShape(error);
    const undone = finish(line);
    if (undone) queue.unshift(undone);
    if (left.size > 0) {
      listener.note(`${error.message} The other engines go on.`);
      share();
      return;
    }
    rejectAbout(problem);
    for (const { reject } of queue.splice(0)) reject(problem);
  }

  for (const line of lines) {
    line.listen((message) => {
      if (!left.has(line)) return;
      switch (message.kind) {
        case 'ready':
          ready(line, message.about);
          break;
        case 'note':
          listener.note(message.text);
          break;
        case 'step':
          listener.step(busy.get(line)?.task.index ?? 0, message.share);
          break;
        case 'gone':
          lose(line, message.error);
          break;
        case 'failed':
          if (OF_ENGINE.has(message.error.code)) {
            lose(line, message.error);
            break;
          }
          finish(line)?.reject(fromErrorShape(message.error));
          idle.add(line);
          share();
          break;
        case 'done':
          finish(line)?.resolve(message.report);
          idle.add(line);
          share();
      }
    });
  }

  return {
    about: () => known,
    fill: (task) =>
      new Promise((resolve, reject) => {
        if (left.size === 0) {
          reject(problem);
          return;
        }
        queue.push({ task, resolve, reject });
        share();
      }),
    end() {
      for (const line of left) line.end();
    },
  };
}

const ANOTHER_BUILD: ErrorShape = {
  code: 'package',
  message: 'An engine has another build of the package and is left out.',
};
