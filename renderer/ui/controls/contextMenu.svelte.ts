import type { Attachment } from 'svelte/attachments';

/** A line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly title: string;
  readonly keys?: string | undefined;
  readonly disabled?: boolean;
  readonly checked?: boolean | undefined;
}

/** A line of a context menu. */
export interface ContextItem extends MenuItem {
  run(): void;
}

export type ContextGroups = readonly (readonly ContextItem[])[];

/** The one context menu that is open at a time; ContextMenuLayer.svelte draws it. */
class ContextMenus {
  open = $state.raw<{ readonly groups: ContextGroups; readonly x: number; readonly y: number } | null>(null);
}

export const contextMenus = new ContextMenus();

/**
 * Opens a menu for an element, by the right button or by the keyboard's menu key. `groups` is asked then; with nothing in
 * them, no menu opens.
 */
export function contextMenu(groups: (event: MouseEvent) => ContextGroups): Attachment<HTMLElement> {
  return (element) => {
    const open = (event: MouseEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      const filled = groups(event).filter((group) => group.length > 0);
      if (filled.length === 0) return;
      contextMenus.open = { groups: filled, ...placeOf(event, element) };
    };
    element.addEventListener('contextmenu', open);
    return () => {
      element.removeEventListener('contextmenu', open);
    };
  };
}

/** Where the pointer is; for the keyboard, under what has the focus. */
function placeOf({ clientX, clientY, button }: MouseEvent, element: HTMLElement): { x: number; y: number } {
  const focused = element.contains(document.activeElement) ? document.activeElement! : element;
  const isKeyboard = button !== 2;
  if (!isKeyboard) return { x: clientX, y: clientY };
  const { left, top, width, height } = focused.getBoundingClientRect();
  const isLarge = height > 200;
  return { x: left + width / 2, y: isLarge ? top + height / 2 : top + height };
}
