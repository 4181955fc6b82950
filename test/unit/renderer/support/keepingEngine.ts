import { type Lost, parseProject } from '../../../../core/document/projectFile.ts';
import type { CallOptions, EngineClient } from '../../../../core/contract/clients.ts';
import type { EngineMethod, ParamsOf, ProgressOf, ResultOf } from '../../../../core/contract/engineApi.ts';
import type { Part } from '../../../../core/document/project/parts.ts';
import { TesseraError } from '../../../../core/base/errors.ts';

type Answers = {
  [M in EngineMethod]?: (
    params: ParamsOf<M>,
    progress: (progress: ProgressOf<M>) => void,
  ) => ResultOf<M> | Promise<ResultOf<M>>;
};

interface SavedProject {
  readonly parts: ReadonlyMap<number, Part>;
  readonly json: string;
}

/** An engine that keeps parts, snapshots and project files as the real one does, in memory. */
export class KeepingEngine implements EngineClient {
  readonly calls: EngineMethod[] = [];
  readonly parts = new Map<string, Map<number, Part>>(); // by document
  readonly snapshots = new Map<string, string>(); // by document
  readonly files = new Map<string, SavedProject>(); // by grant
  /** Bytes of each 'recovery.add'. */
  readonly given: number[] = [];
  /** Numbers of the parts in them. */
  readonly partsGiven: number[] = [];
  /** Fails every call while it is set. */
  failure: Error | null = null;
  /** Told of each call before it is answered. */
  onCall: (method: EngineMethod) => void = () => undefined;

  async call<M extends EngineMethod>(
    method: M,
    params: ParamsOf<M>,
    { onProgress }: CallOptions<ProgressOf<M>> = {},
  ): Promise<ResultOf<M>> {
    this.calls.push(method);
    const copy = structuredClone(params); // as a port does
    this.onCall(method);
    await Promise.resolve();
    if (this.failure) throw this.failure;
    const answer = this.answers[method];
    if (!answer) throw new Error(`This engine gives no answer to ${method}.`);
    return answer(copy, (progress) => onProgress?.(structuredClone(progress)));
  }

  /** As after a crash that took the disk along. */
  forgetAll(): void {
    this.parts.clear();
    this.snapshots.clear();
  }

  /** The tiles that can be read again from files that documents were opened from, by document. */
  readonly origins = new Map<string, ReadonlySet<number>>();

  private readonly answers: Answers = {
    'recovery.origin': ({ document, json }) => {
      const { picture } = parseProject(json, 'it').manifest;
      this.origins.set(document, new Set(picture.filter((_, i) => i % 3 === 2)));
      return null;
    },
    'recovery.add': ({ document, parts }) => {
      const own = this.parts.get(document) ?? new Map<number, Part>();
      this.parts.set(document, own);
      for (const part of parts) own.set(part.id, part);
      this.partsGiven.push(...parts.map(({ id }) => id));
      this.given.push(parts.reduce((sum, { bytes }) => sum + bytes.buffer.byteLength, 0));
      return null;
    },
    'recovery.keep': ({ document, json }) => {
      const lacking = json === null ? [] : this.missing(document, json);
      const missing = lacking.filter((id) => this.origins.get(document)?.has(id) !== true);
      if (json === null) this.snapshots.delete(document);
      else if (missing.length === 0) this.snapshots.set(document, json);
      return { missing };
    },
    'recovery.list': ({ open }) =>
      [...this.snapshots.keys()]
        .filter((document) => !open.includes(document))
        .map((document) => ({ document, name: 'lost', at: 1 })),
    'recovery.open': ({ document }, progress) => {
      progress({ parts: [...this.parts.get(document)!.values()], done: 1 });
      return { json: this.snapshots.get(document)!, name: 'lost', lost: null, stamp: null };
    },
    'recovery.drop': ({ document }) => {
      this.parts.delete(document);
      this.snapshots.delete(document);
      return null;
    },
    'project.save': ({ file, document, json, stamp }, progress) => {
      if (stamp !== null && stamp !== this.stamp) return { missing: [], stamp: null, changed: true };
      const missing = this.missing(document, json);
      if (missing.length > 0) return { missing, stamp: null, changed: false };
      progress({ done: 1 });
      this.files.set(file, { json, parts: new Map(this.parts.get(document)) });
      this.snapshots.delete(document);
      return { missing, stamp: this.stamp, changed: false };
    },
    'project.open': ({ file, document }, progress) => {
      const found = this.files.get(file);
      if (!found) throw new TesseraError('input', 'There is no such file.');
      this.parts.set(document, new Map(found.parts));
      progress({ parts: [...found.parts.values()], done: 1 });
      return { json: found.json, name: file, lost: this.lost, stamp: this.stamp };
    },
  };

  /** Of every project file; another one is that of a file that another program changed. */
  stamp = 'as it was';

  /** What is said to be lost of the next projects. */
  lost: Lost | null = null;

  private missing(document: string, json: string): number[] {
    const own = this.parts.get(document);
    return [...parseProject(json, 'it').parts.keys()].filter((id) => own?.has(id) !== true);
  }
}
