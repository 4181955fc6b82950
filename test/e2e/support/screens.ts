/** What DISPLAY is for each worker: one name for each; one that is empty where only the screen that is there is used. */
export const SCREENS: readonly string[] = (process.env.TESSERA_SCREENS ?? '').split(' ');

/** The environment that puts a window on this worker's screen: on one that is shared, windows take the focus from one another. */
export function onOwnScreen(): Record<string, string> {
  const screen = SCREENS[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
  return screen ? { DISPLAY: screen } : {};
}
