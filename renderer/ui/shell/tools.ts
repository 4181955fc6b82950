import Blend from '@lucide/svelte/icons/blend';
import Brush from '@lucide/svelte/icons/brush';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import Crop from '@lucide/svelte/icons/crop';
import Bandage from '@lucide/svelte/icons/bandage';
import Eraser from '@lucide/svelte/icons/eraser';
import Expand from '@lucide/svelte/icons/expand';
import Frame from '@lucide/svelte/icons/frame';
import ScanSearch from '@lucide/svelte/icons/scan-search';
import Hand from '@lucide/svelte/icons/hand';
import Lasso from '@lucide/svelte/icons/lasso';
import Move from '@lucide/svelte/icons/move';
import PaintBucket from '@lucide/svelte/icons/paint-bucket';
import Paintbrush from '@lucide/svelte/icons/paintbrush';
import Pentagon from '@lucide/svelte/icons/pentagon';
import Pin from '@lucide/svelte/icons/pin';
import Pipette from '@lucide/svelte/icons/pipette';
import RotateCcwClock from '@lucide/svelte/icons/rotate-ccw-clock';
import Slash from '@lucide/svelte/icons/slash';
import Sparkles from '@lucide/svelte/icons/sparkles';
import SquareDashed from '@lucide/svelte/icons/square-dashed';
import SquareDot from '@lucide/svelte/icons/square-dot';
import SquareX from '@lucide/svelte/icons/square-x';
import Square from '@lucide/svelte/icons/square';
import Stamp from '@lucide/svelte/icons/stamp';
import RotateCcwSquare from '@lucide/svelte/icons/rotate-ccw-square';
import WandSparkles from '@lucide/svelte/icons/wand-sparkles';
import type { ToolId } from '../../state/tools.svelte.ts';
import type { Icon } from '../controls/icon.ts';

/** The drawings of the tools. */
export const TOOL_ICONS: Readonly<Record<ToolId, Icon>> = {
  pan: Hand,
  move: Move,
  brush: Brush,
  eraser: Eraser,
  rectangle: SquareDashed,
  ellipse: CircleDashed,
  lasso: Lasso,
  polygon: Pentagon,
  object: ScanSearch,
  wand: WandSparkles,
  colour: Pipette,
  original: RotateCcwClock,
  frame: Frame,
  crop: Crop,
  extend: Expand,
  remove: Bandage,
  'token-brush': Paintbrush,
  'token-line': Slash,
  'token-rectangle': Square,
  'token-bucket': PaintBucket,
  'token-picker': SquareDot,
  'token-stamp': Stamp,
  'token-eraser': SquareX,
  'token-restore': RotateCcwSquare,
  'token-pin': Pin,
  'token-ask': Sparkles,
  'token-mix': Blend,
};

/** The tools as they stand in the rail, two beside each other; those that belong together are in one group. */
export const TOOL_GROUPS: readonly { readonly label: string; readonly tools: readonly ToolId[] }[] = [
  { label: 'View and frame', tools: ['pan', 'frame', 'crop', 'extend'] },
  { label: 'Paint', tools: ['brush', 'eraser', 'remove', 'original'] },
  {
    label: 'Select',
    tools: ['move', 'rectangle', 'ellipse', 'lasso', 'polygon', 'object', 'wand', 'colour'],
  },
  {
    label: 'Paint tokens',
    tools: ['token-brush', 'token-picker', 'token-line', 'token-rectangle', 'token-bucket', 'token-stamp'],
  },
  {
    label: 'Tokens and the model',
    tools: ['token-ask', 'token-pin', 'token-eraser', 'token-restore', 'token-mix'],
  },
];
