import Brush from '@lucide/svelte/icons/brush';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import Eraser from '@lucide/svelte/icons/eraser';
import Frame from '@lucide/svelte/icons/frame';
import Hand from '@lucide/svelte/icons/hand';
import Lasso from '@lucide/svelte/icons/lasso';
import Pentagon from '@lucide/svelte/icons/pentagon';
import Pipette from '@lucide/svelte/icons/pipette';
import RotateCcwClock from '@lucide/svelte/icons/rotate-ccw-clock';
import SquareDashed from '@lucide/svelte/icons/square-dashed';
import WandSparkles from '@lucide/svelte/icons/wand-sparkles';
import type { ToolId } from '../../state/tools.svelte.ts';
import type { Icon } from '../controls/icon.ts';

/** The drawings of the tools. */
export const TOOL_ICONS: Readonly<Record<ToolId, Icon>> = {
  pan: Hand,
  brush: Brush,
  eraser: Eraser,
  rectangle: SquareDashed,
  ellipse: CircleDashed,
  lasso: Lasso,
  polygon: Pentagon,
  wand: WandSparkles,
  colour: Pipette,
  original: RotateCcwClock,
  frame: Frame,
};

/** The tools as they stand in the rail, those that belong together beside each other. */
export const TOOL_GROUPS: readonly (readonly ToolId[])[] = [
  ['pan'],
  ['brush', 'eraser'],
  ['rectangle', 'ellipse', 'lasso', 'polygon'],
  ['wand', 'colour'],
  ['original'],
  ['frame'],
];
