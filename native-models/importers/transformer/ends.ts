import type { GraphWriter } from '../onnx/graphWriter.ts';

/** Tokens of no place beside those of the grid: [B, n, width] and a constant [C, m, width] give [C B, n + m, width]. */
export function withTokens(
  graph: GraphWriter,
  x: string,
  tokens: readonly string[], // each [1, m, width], one for each condition
  where: 'first' | 'last',
): string {
  const shape = graph.node('Concat', [firstOf(graph, graph.node('Shape', [x])), graph.ints([1, 1])], {
    axis: { int: 0 },
  });
  const conditions = tokens.map((token) => {
    const each = graph.node('Expand', [token, shape]);
    return graph.node('Concat', where === 'first' ? [each, x] : [x, each], { axis: { int: 1 } });
  });
  return conditions.length === 1 ? conditions[0]! : graph.node('Concat', conditions, { axis: { int: 0 } });
}

/** The first of a list, as a list. */
function firstOf(graph: GraphWriter, list: string): string {
  return graph.node('Slice', [list, graph.ints([0]), graph.ints([1])]);
}

/** Rows `from` to `to` of each window: [B, n, width] to [B, to - from, width]. */
export function rowsOf(graph: GraphWriter, x: string, from: number, to: number): string {
  return graph.node('Slice', [x, graph.ints([from]), graph.ints([to]), graph.ints([1])]);
}

/** The selected cells of each condition: [C B, cells, width] and M places among the B cells give [C, M, width]. */
export function selected(
  graph: GraphWriter,
  x: string,
  select: string,
  count: number,
  width: number,
): string {
  const apart = graph.node('Reshape', [x, graph.ints([count, -1, width])]);
  return graph.node('Gather', [apart, select], { axis: { int: 1 } });
}

/**
 * (1 + w) with the class - w without: [C, M, width] to [M, width], the class first. What follows is linear, so it need not run
 * twice.
 */
export function guided(graph: GraphWriter, x: string, count: number, guidance: number): string {
  const one = (c: number): string => graph.node('Gather', [x, graph.ints(c)]);
  if (count === 1) return one(0);
  return graph.node('Sub', [
    graph.node('Mul', [one(0), graph.floats(1 + guidance)]),
    graph.node('Mul', [one(1), graph.floats(guidance)]),
  ]);
}
