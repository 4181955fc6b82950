/** The lines of a menu that can be chosen. */
export function itemsOf(menu: HTMLElement): HTMLButtonElement[] {
  return [...menu.querySelectorAll<HTMLButtonElement>('[role^=menuitem]:not(:disabled)')];
}

/** Moves the focus through an open menu; its letters go to the line that begins with them. */
export function moveInMenu(menu: HTMLElement, event: KeyboardEvent): void {
  const all = itemsOf(menu);
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  event.stopPropagation();
  if (event.key === 'Tab') menu.hidePopover();
  const to = targetOf(event.key, at, all);
  if (to === undefined) return;
  event.preventDefault();
  all.at(to % all.length)?.focus();
}

function targetOf(key: string, at: number, all: readonly HTMLButtonElement[]): number | undefined {
  const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  if (key in moves || key.length !== 1 || key === ' ') return moves[key];
  const letter = key.toLowerCase();
  const begins = (index: number): boolean =>
    all[index % all.length]!.textContent.trim().toLowerCase().startsWith(letter);
  const places = all.map((_, index) => at + 1 + index);
  return places.find(begins);
}
