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
