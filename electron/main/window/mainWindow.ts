import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { localesArgument, type WindowLocales } from '../../../core/contract/bridge.ts';
import { PAGE } from '../origin.ts';
import type { JsonFile } from '../settings.ts';
import { MINIMUM, openingBounds, type WindowState } from './bounds.ts';

const BACKGROUND = { dark: '#222224', light: '#f3f3f4' } as const; // --chrome of the page, until it is painted

/** Opens the window where it was last time; it is shown once there is something to see. */
export function openWindow(
  folder: string,
  saved: JsonFile<WindowState | null>,
  locales: WindowLocales,
): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...openingBounds(saved.value?.bounds ?? null, screens),
    minWidth: MINIMUM.width,
    minHeight: MINIMUM.height,
    title: 'Tessera',
    icon: path.join(folder, 'icon.png'),
    show: false,
    backgroundColor: background(),
    webPreferences: {
      preload: path.join(folder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false, // its dictionaries come from a network
      navigateOnDragDrop: false,
      additionalArguments: [localesArgument(locales)],
    },
  });
  if (saved.value?.maximized) window.maximize();
  if (saved.value?.fullScreen) window.setFullScreen(true);
  window.once('ready-to-show', () => {
    window.show();
  });
  remember(window, saved);
  void window.loadURL(PAGE);
  return window;
}

/** Brings the window to the front. */
export function reveal(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function remember(window: BrowserWindow, saved: JsonFile<WindowState | null>): void {
  const note = (): void => {
    saved.set({
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    });
  };
  for (const event of ['resized', 'moved', 'maximize', 'unmaximize'] as const) {
    window.on(event as 'resized', note);
  }
  window.on('close', note);
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

export function followTheme(window: BrowserWindow, changed: (dark: boolean) => void): void {
  const follow = (): void => {
    window.setBackgroundColor(background());
    changed(nativeTheme.shouldUseDarkColors);
  };
  nativeTheme.on('updated', follow);
  window.once('closed', () => nativeTheme.off('updated', follow));
}
