import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseProject } from '../../../../../core/document/projectFile.ts';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { followAutosave } from '../../../../../renderer/commands/files/autosave.ts';
import { takeSnapshot } from '../../../../../renderer/commands/files/parts.ts';
import { closeDocument } from '../../../../../renderer/commands/files/close.svelte.ts';
import { Editor } from '../../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { picturedDocument, select } from '../../support/editor.ts';
import { FakeMain } from '../../support/fakeMain.ts';
import { KeepingEngine } from '../../support/keepingEngine.ts';

const TIMES = { round: 5, look: 1, patience: 20, idle: 1 }; // ms
const LARGE = { x: 0, y: 0, width: 1024, height: 1024 }; // 4 MB: two portions

let engine: KeepingEngine;
let main: FakeMain;
let editor: Editor;
let stop: () => void;

beforeEach(() => {
  engine = new KeepingEngine();
  main = new FakeMain();
  editor = new Editor(engine, main);
  stop = followAutosave(editor, TIMES);
});
afterEach(() => {
  stop();
});

function open(canvas = { x: 0, y: 0, width: 300, height: 200 }): OpenDocument {
  const document = picturedDocument(canvas);
  editor.open(document);
  return document;
}

function stroke(document: OpenDocument, at = 0): void {
  select(document, { x: at, y: 0, width: 20, height: 20 });
}

/** How many steps the snapshot of a document holds. */
function stepsSaved({ id }: OpenDocument): number {
  const json = engine.snapshots.get(id);
  return json === undefined ? -1 : parseProject(json, 'it').manifest.history.entries.length;
}

async function rounds(count = 4): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, count * TIMES.round * 4));
}

describe('a change', () => {
  it('is saved a while later, and the next one as well', async () => {
    const document = open();
    stroke(document);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    stroke(document, 30);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(2);
    });
    document.undo();
    await vi.waitFor(() => {
      expect(parseProject(engine.snapshots.get(document.id)!, 'it').manifest.history.position).toBe(1);
    });
  });

  it('costs what is new, and nothing when nothing is', async () => {
    const document = open(LARGE);
    stroke(document);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    engine.given.length = 0;
    stroke(document, 30);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(2);
    });
    expect(engine.given).toEqual([256 * 256]); // one tile of the selection
    const { length } = engine.calls;
    await rounds();
    expect(engine.calls.length).toBe(length);
  });

  it('finds its picture with the engine already, a little at a time', async () => {
    const document = open(LARGE);
    await vi.waitFor(() => {
      expect(engine.parts.get(document.id)?.size).toBe(16);
    });
    expect(engine.snapshots.size).toBe(0); // nothing could be lost so far
    expect(Math.max(...engine.given)).toBeLessThanOrEqual(2 ** 21);
    engine.given.length = 0;
    stroke(document);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    expect(engine.given).toEqual([256 * 256]);
  });

  it('of a picture whose file is known costs only itself', async () => {
    const document = open(LARGE);
    const { json } = takeSnapshot(editor, document);
    const call = engine.call('recovery.origin', { file: 'a', document: document.id, json });
    document.recovery.origin = call.then(() => undefined);
    stroke(document);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    expect(engine.given).toEqual([256 * 256]);
  });

  it('does not wait until the picture was given', async () => {
    const document = open({ x: 0, y: 0, width: 4096, height: 1024 }); // eight portions
    engine.onCall = () => {
      if (engine.given.length === 1 && !document.edited) stroke(document);
    };
    const json = takeSnapshot(editor, document).json;
    await engine.call('recovery.origin', { file: 'a', document: document.id, json });
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    expect(engine.given.length).toBeLessThan(5);
  });

  it('that is undone until all is as in the file needs no snapshot', async () => {
    const document = open();
    stroke(document);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    document.undo();
    await vi.waitFor(() => {
      expect(engine.snapshots.size).toBe(0);
    });
  });

  it('in another document does not wait for this one', async () => {
    const [first, second] = [open(LARGE), open()];
    stroke(first);
    stroke(second);
    await vi.waitFor(() => {
      expect([stepsSaved(first), stepsSaved(second)]).toEqual([1, 1]);
    });
  });
});

describe('a gesture', () => {
  const LONG = { ...TIMES, patience: 60_000 };

  it('is not disturbed for a while', async () => {
    stop();
    stop = followAutosave(editor, LONG);
    const document = open();
    stroke(document);
    editor.gesture = { cancel: () => undefined };
    await rounds();
    expect(engine.calls).toEqual([]);
    editor.gesture = null;
    document.live = {};
    await rounds();
    expect(engine.calls).toEqual([]);
    document.live = null;
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
  });

  it.each<[string, (document: OpenDocument) => void]>([
    ['a polygon that stays begun', () => (editor.gesture = { cancel: () => undefined })],
    ['a brush that is held down', (document) => (document.live = {})],
  ])('holds nothing up for good: %s', async (_, begin) => {
    const document = open(LARGE);
    stroke(document);
    begin(document);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    stroke(document, 30);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(2);
    });
  });
});

describe('the parts of a picture that is as its file', () => {
  it('wait for a gesture, however long it takes, and not beyond the first change', async () => {
    const document = open({ x: 0, y: 0, width: 4096, height: 1024 }); // eight portions
    engine.onCall = () => {
      editor.gesture ??= { cancel: () => undefined }; // with the first
    };
    await rounds(); // what was under way ends
    const { length } = engine.given;
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(8);
    await rounds();
    expect(engine.given).toHaveLength(length);
    stroke(document);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1); // although the gesture goes on
    });
  });
});

describe('an engine that fails', () => {
  it('is given everything anew when it has lost it', async () => {
    const document = open();
    stroke(document);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    engine.forgetAll();
    stroke(document, 30);
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(2);
    });
    expect(editor.notices.list).toEqual([]);
  });

  it('is asked again, and the person is told once', async () => {
    const document = open();
    stroke(document);
    engine.failure = new TesseraError('output', 'There is no space left.', 'Free some.');
    await rounds(6);
    expect(editor.notices.list.map(({ message }) => message)).toEqual(['There is no space left.']);
    engine.failure = null;
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    expect(editor.notices.list).toHaveLength(1);
  });

  it('for a moment is no news', async () => {
    const document = open();
    stroke(document);
    engine.onCall = () => {
      engine.failure = engine.calls.length === 1 ? new TesseraError('internal', 'The engine stopped.') : null;
    };
    await vi.waitFor(() => {
      expect(stepsSaved(document)).toBe(1);
    });
    expect(editor.notices.list).toEqual([]);
  });
});

describe('a document that is closed', () => {
  it('stays forgotten, even when it is closed while parts are given', async () => {
    main.answers['dialog.ask'] = () => 1; // leave it
    const document = open({ x: 0, y: 0, width: 2048, height: 1024 });
    stroke(document);
    let closed: Promise<boolean> | undefined;
    engine.onCall = (method) => {
      if (method === 'recovery.add') closed ??= closeDocument(document, editor);
    };
    await vi.waitFor(() => {
      expect(closed).toBeDefined();
    });
    await closed;
    const { length } = engine.calls;
    await rounds();
    expect(engine.calls.length).toBe(length);
    expect(engine.calls.at(-1)).toBe('recovery.drop');
    expect([engine.snapshots.size, engine.parts.size]).toEqual([0, 0]);
  });
});

it('ends when it is stopped', async () => {
  stop();
  stroke(open());
  await rounds();
  expect(engine.calls).toEqual([]);
});
