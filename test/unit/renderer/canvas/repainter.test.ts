import { beforeEach, describe, expect, it } from 'vitest';
import type { Layer, Module } from '../../../../renderer/canvas/module.ts';
import { Repainter } from '../../../../renderer/canvas/repainter.ts';

let due: ((time: number) => void)[];
let later: { ms: number; act: () => void }[];
let seen: string[];
let repainter: Repainter;

beforeEach(() => {
  [due, later, seen] = [[], [], []];
  repainter = new Repainter({
    request: (act) => due.push(act),
    cancel: (id) => (due[id - 1] = () => undefined),
    now: () => 7,
    after: (ms, act) => later.push({ ms, act }),
  });
});

function frame(): void {
  const acts = due;
  due = [];
  for (const act of acts) act(0);
}

function layer(name: string): Layer {
  return { draw: (shown) => seen.push(`${name} ${shown ? 'drawn' : 'hidden'}`) };
}

function module(layer: Layer, name: string, waits: (number | null)[] = [], shown = true): Module {
  const render = (): number | null => {
    seen.push(name);
    return waits.shift() ?? null;
  };
  return { layer, shown, render, destroy: () => undefined };
}

describe('the repainter', () => {
  it('renders all that asked in one frame, and draws each layer once', () => {
    const guides = layer('guides');
    const [a, b] = [module(guides, 'a'), module(guides, 'b')];
    for (const one of [a, b, a]) repainter.request(one);
    expect(seen).toEqual([]);
    frame();
    expect(seen).toEqual(['a', 'b', 'guides drawn']);
    frame();
    expect(seen).toHaveLength(3);
  });

  it('leaves other layers alone', () => {
    repainter.request(module(layer('one'), 'a'));
    frame();
    seen = [];
    repainter.request(module(layer('two'), 'b'));
    frame();
    expect(seen).toEqual(['b', 'two drawn']);
  });

  it('hides a layer of which nothing is shown', () => {
    const guides = layer('guides');
    repainter.request(module(guides, 'a', [], false));
    frame();
    expect(seen).toEqual(['a', 'guides hidden']);
    repainter.request(module(guides, 'b'));
    frame();
    expect(seen.at(-1)).toBe('guides drawn');
  });

  it('renders again in the next frame, or after a while, where it is asked to', () => {
    repainter.request(module(layer('one'), 'a', [0, 50]));
    frame();
    frame();
    expect(seen.filter((name) => name === 'a')).toHaveLength(2);
    frame();
    expect(seen.filter((name) => name === 'a')).toHaveLength(2);
    expect(later.map(({ ms }) => ms)).toEqual([50]);
    later[0]!.act();
    frame();
    expect(seen.filter((name) => name === 'a')).toHaveLength(3);
  });

  it('paints at once where it must, and not again in the frame', () => {
    repainter.request(module(layer('one'), 'a'));
    repainter.flush();
    expect(seen).toEqual(['a', 'one drawn']);
    frame();
    expect(seen).toHaveLength(2);
  });

  it('paints nothing any more once it is gone', () => {
    repainter.request(module(layer('one'), 'a'));
    repainter.destroy();
    frame();
    repainter.request(module(layer('one'), 'b'));
    frame();
    expect(seen).toEqual([]);
  });
});
