import { z } from 'zod';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const MINIMUM = { width: 960, height: 620 } as const; // px
const PREFERRED = { width: 1440, height: 940 } as const; // px
const GRIP = 64; // px of the title bar that must be on a screen, so that the window can be moved

const bounds = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export const windowStateSchema = z.object({ bounds, maximized: z.boolean(), fullScreen: z.boolean() });
export type WindowState = z.infer<typeof windowStateSchema>;

/** Where to open the window: where it was, unless no screen is there any more; else in the middle of the first. */
export function openingBounds(saved: Rectangle | null, screens: readonly Rectangle[]): Rectangle {
  const [first = { x: 0, y: 0, ...PREFERRED }] = screens;
  if (saved === null || !screens.some((screen) => canBeMoved(saved, screen))) return centred(first);
  return {
    ...saved,
    width: Math.max(MINIMUM.width, saved.width),
    height: Math.max(MINIMUM.height, saved.height),
  };
}

function centred(screen: Rectangle): Rectangle {
  const width = Math.min(PREFERRED.width, screen.width);
  const height = Math.min(PREFERRED.height, screen.height);
  const x = screen.x + Math.round((screen.width - width) / 2);
  const y = screen.y + Math.round((screen.height - height) / 2);
  return { x, y, width, height };
}

function canBeMoved(window: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const top = window.y >= screen.y && window.y < screen.y + screen.height - GRIP;
  return across >= GRIP && top;
}
