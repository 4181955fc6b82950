import type { ToolTokens, TokenKind } from './cellGesture.ts';
import type { CellSign, PointerInput } from '../tool.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import { CellStroke } from './cellStroke.ts';
import { beginPainting, type Painting } from '../../commands/tokens/paint/paint.ts';
import { currentCode } from './picker.ts';
import { eraseCells, pinCells, restoreCells } from '../../commands/tokens/cells/cells.ts';
import { nearestCell } from './gridPoints.ts';
import { setEdit } from '../../../core/tokens/edit.ts';

/** A tool that is a brush. With Shift a straight line comes from where its last stroke ended. */
export function brushKind(
  id: TokenKind['id'],
  alt: TokenKind['alt'],
  begin: (tokens: ToolTokens, input: PointerInput) => CellStroke | null,
): TokenKind {
  let last: { readonly document: OpenDocument; readonly point: Point } | null = null;
  const lineFrom = ({ document }: ToolTokens, { shift }: PointerInput): Point | null =>
    shift && last?.document === document ? last.point : null;
  return {
    id,
    alt,
    covers: 'brush',
    begin(tokens, input) {
      const stroke = begin(tokens, input);
      stroke?.begin(input, lineFrom(tokens, input), (point) => {
        last = { document: tokens.document, point };
      });
      return stroke;
    },
    hovers(tokens, input) {
      const from = lineFrom(tokens, input);
      return from ? [{ kind: 'line', from, to: input }] : [];
    },
  };
}

/** Paints with the current code; the picture follows. */
export function brush(): TokenKind {
  return brushKind('token-brush', 'picks', (tokens, input) => {
    const code = currentCode(tokens, nearestCell(tokens.frame, input));
    const painting = beginPainting(tokens.editor, tokens.document, 'Token brush');
    return painting && new CodeStroke(tokens, painting, code);
  });
}

class CodeStroke extends CellStroke {
  protected readonly sign = null;
  private readonly painting: Painting;
  private readonly code: number;

  constructor(tokens: ToolTokens, painting: Painting, code: number) {
    super(tokens);
    this.painting = painting;
    this.code = code;
  }

  override cancel(): void {
    this.painting.cancel();
  }

  protected override add(cells: Int32Array): void {
    this.painting.paint(setEdit(cells, this.code));
  }

  protected finish(): Promise<boolean> {
    return this.painting.end();
  }
}

/** A brush whose cells get a sign while it moves, and what is done with them when the button goes up. */
export class SignedStroke extends CellStroke {
  protected readonly sign: CellSign;
  protected readonly finish: (cells: number[]) => unknown;

  constructor(tokens: ToolTokens, sign: CellSign, finish: (cells: number[]) => unknown) {
    super(tokens);
    this.sign = sign;
    this.finish = finish;
  }
}

/** Takes tokens away: their squares become the hole. */
export function eraser(): TokenKind {
  return brushKind('token-eraser', 'picks', (tokens) => {
    return new SignedStroke(tokens, 'erase', (cells) => {
      eraseCells(tokens.document, cells);
    });
  });
}

/** Brings back the tokens of the picture as it was opened. */
export function restore(): TokenKind {
  return brushKind('token-restore', 'picks', (tokens) => {
    const { editor, document } = tokens;
    return new SignedStroke(tokens, 'restore', (cells) => restoreCells(editor, document, cells));
  });
}

/** Pins tokens; with Alt it lets go of them. */
export function pin(): TokenKind {
  return brushKind('token-pin', 'own', (tokens, { alt }) => {
    return new SignedStroke(tokens, alt ? 'unpin' : 'pin', (cells) => {
      pinCells(tokens.document, cells, !alt);
    });
  });
}
