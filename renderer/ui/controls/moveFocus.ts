const STEPS = {
  row: { ArrowRight: 1, ArrowLeft: -1 },
  column: { ArrowDown: 1, ArrowUp: -1 },
} as const;

/** A key handler for a row or column of things: arrow keys move the focus along it, Home and End to its ends. */
export function moveFocus(selector: string, direction: keyof typeof STEPS): (event: KeyboardEvent) => void {
  return (event) => {
    const group = event.currentTarget as HTMLElement;
    const all = [...group.querySelectorAll<HTMLElement>(selector)].filter(
      (each) => !each.matches(':disabled'),
    );
    const at = all.findIndex((each) => each.contains(document.activeElement));
    const steps: Readonly<Record<string, number>> = STEPS[direction];
    const step = steps[event.key];
    const to =
      event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : step === undefined ? null : at + step;
    if (at < 0 || to === null) return;
    event.preventDefault();
    event.stopPropagation();
    all.at(to % all.length)?.focus();
  };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};
const ASIDE = 2; // how much farther what lies aside counts than what lies ahead

/** Which of some boxes an arrow key leads to from one of them: the nearest that lies ahead; null where none does. */
export function nearestAhead(boxes: readonly Box[], from: number, key: string): number | null {
  const direction = ARROWS[key];
  const start = boxes[from];
  if (direction === undefined || start === undefined) return null;
  const [right, down] = direction;
  let best: number | null = null;
  let least = Infinity;
  boxes.forEach((box, index) => {
    const x = box.left + box.width / 2 - start.left - start.width / 2;
    const y = box.top + box.height / 2 - start.top - start.height / 2;
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    const way = ahead + ASIDE * aside;
    if (ahead <= aside || way >= least) return;
    best = index;
    least = way;
  });
  return best;
}

/** A key handler for things that stand in rows and columns: arrow keys move the focus to the neighbour on that side. */
export function moveFocusAround(selector: string): (event: KeyboardEvent) => void {
  return (event) => {
    const group = event.currentTarget as HTMLElement;
    const all = [...group.querySelectorAll<HTMLElement>(selector)].filter(
      (each) => !each.matches(':disabled'),
    );
    const at = all.findIndex((each) => each.contains(document.activeElement));
    if (at < 0) return;
    const ends: Readonly<Record<string, number>> = { Home: 0, End: all.length - 1 };
    const boxes = all.map((each) => each.getBoundingClientRect());
    const to = ends[event.key] ?? nearestAhead(boxes, at, event.key);
    if (to === null && !(event.key in ARROWS)) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== null) all[to]?.focus();
  };
}
