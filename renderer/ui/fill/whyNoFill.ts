import type { Editor } from '../../state/editor.svelte.ts';

/** Why nothing can be filled now, and what to do: one sentence; null where a fill can be asked for. */
export function whyNoFill({ active, packages, fillSettings }: Editor): string | null {
  if (active === null) return 'Open a picture first.';
  if (packages.list.length === 0) return 'No model package is installed.';
  if (packages.byId(fillSettings.package) === null) return 'Choose a package in the Model panel.';
  const { selection, frame } = active.current;
  // A frame that reaches out of the picture asks for what lies there, also where nothing is selected.
  if (frame !== null && active.fill.plans.length > 0) return null;
  if (selection.tiles.size === 0) return 'Paint over what should be refilled.';
  // Where frames are chosen by themselves they follow a moment later, and there is always one.
  if (frame === null) return null;
  return 'Move the frame over the selection.';
}
