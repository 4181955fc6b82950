import { sheetFrame } from '../../../../../core/document/tokenSheets.ts';
import type { EngineMethod } from '../../../../../core/contract/engineApi.ts';
import type { FrameTokens } from '../../../../../core/document/document.ts';
import { cellRect } from '../../../../../core/frames/cellRects.ts';
import { createGrid } from '../../../../../core/tokens/grid.ts';
import type { TokenToolId } from '../../../../../renderer/state/tools.svelte.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { createTokenTools } from '../../../../../renderer/tools/createTools.ts';
import type { PointerInput, Tool } from '../../../../../renderer/tools/tool.ts';
import { type Bench, createBench, openPicture, PACKAGE } from '../../support/editor.ts';
import { type Asked, settled } from '../../support/fakeEngine.ts';
import { greyPatch } from '../../support/outcome.ts';
import { pointerOver } from '../pointer.ts';

type Keys = Partial<Pick<PointerInput, 'shift' | 'alt'>>;

/** A picture of 128 x 128 px with 16 x 16 tokens, whose frame tokens are there: codes 1 and 2 in halves, one 3 at cell 17. */
export interface TokenBench extends Bench {
  readonly document: OpenDocument;
  readonly tokens: FrameTokens;
  readonly tool: (id: TokenToolId) => Tool;
  readonly at: (cell: number, keys?: Keys) => PointerInput;
  /** A gesture through cells. */
  readonly drag: (id: TokenToolId, cells: readonly number[], keys?: Keys) => void;
  /** Lets the engine answer until it is asked no more. */
  readonly finish: () => Promise<void>;
  /** What was painted: the ids of the newest tokens of the document by cell, where they differ from the frame tokens. */
  readonly painted: () => Record<number, number>;
  readonly labels: () => string[];
}

export const CANVAS = { x: 0, y: 0, width: 128, height: 128 };

export function createTokenBench(): TokenBench {
  const bench = createBench();
  const { editor, engine } = bench;
  const document = openPicture(bench, CANVAS);
  document.view.size = { width: 600, height: 400 };
  document.view.centre = { x: 64, y: 64 };
  const tokens = tokensFor(document);
  document.tokenWork.frameTokens = { tokens, picture: document.current.picture, errors: null };
  const tools = createTokenTools(editor);
  const point = pointerOver(document);
  const at: TokenBench['at'] = (cell, keys) => {
    const { x, y, width, height } = cellRect(tokens.frame, cell);
    return point(x + width / 2, y + height / 2, keys);
  };
  const tool: TokenBench['tool'] = (id) => {
    editor.tools.chosen = id;
    return tools[id];
  };
  return {
    ...bench,
    document,
    tokens,
    at,
    tool,
    drag(id, cells, keys) {
      const hand = tool(id);
      const [first, ...rest] = cells.map((cell) => at(cell, keys));
      hand.down(first!);
      for (const input of rest) hand.move(input);
      hand.up(rest.at(-1) ?? first!);
    },
    async finish() {
      for (let answered = 0; ;) {
        await settled();
        const calls = engine.asked.slice(answered);
        if (calls.length === 0) return;
        answered += calls.length;
        for (const call of calls) await answer(call, tokens);
      }
    },
    painted() {
      const now = document.current.tokens.at(-1)?.grid.ids ?? tokens.grid.ids;
      const differing = [...now.keys()].filter((cell) => now[cell] !== tokens.grid.ids[cell]);
      return Object.fromEntries(differing.map((cell) => [cell, now[cell]!]));
    },
    labels: () => document.history.entries.map(({ label }) => label),
  };
}

/** The encoder finds the tokens of the frame, and all that is painted becomes grey. */
async function answer(call: Asked<EngineMethod>, { grid }: FrameTokens): Promise<void> {
  if (isCall(call, 'tokens.paint')) await call.answer(greyPatch(call.params.region, 9));
  const errors = new Float32Array(grid.ids.length);
  if (isCall(call, 'tokens.encode')) await call.answer({ grid, distances: null, errors });
}

function isCall<M extends EngineMethod>(
  call: Asked<EngineMethod>,
  method: M,
): call is Asked<M> & typeof call {
  return call.method === method;
}

function tokensFor({ current }: OpenDocument): FrameTokens {
  const frame = sheetFrame(current, PACKAGE);
  const ids = Array.from({ length: frame.columns * frame.rows }, (_, cell) =>
    cell === 17 ? 3 : cell % frame.columns < frame.columns / 2 ? 1 : 2,
  );
  return {
    package: { id: PACKAGE.id, sha256: PACKAGE.sha256 },
    frame,
    grid: createGrid(frame.columns, frame.rows, ids),
    pins: [],
    provenance: ids.map(() => ({ kind: 'encoded' })),
  };
}
