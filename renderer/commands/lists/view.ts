import type { Command } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { nextZoom } from '../zoomStops.ts';

const GROUP = { group: 'View', duringGesture: true } as const;

export const viewCommands: readonly Command[] = [
  {
    ...GROUP,
    id: 'view.zoom-in',
    title: 'Zoom in',
    shortcuts: ['Mod++', 'Mod+='],
    repeats: true,
    ...forDocument(({ view }) => {
      view.zoomTo(nextZoom(view.zoom, 1));
    }),
  },
  {
    ...GROUP,
    id: 'view.zoom-out',
    title: 'Zoom out',
    shortcuts: ['Mod+-'],
    repeats: true,
    ...forDocument(({ view }) => {
      view.zoomTo(nextZoom(view.zoom, -1));
    }),
  },
  {
    ...GROUP,
    id: 'view.fit',
    title: 'Fit in window',
    shortcuts: ['Mod+0'],
    hint: 'Shows the whole picture.',
    ...forDocument(({ view, current }) => {
      view.fit(current.canvas);
    }),
  },
  {
    ...GROUP,
    id: 'view.actual',
    title: 'Actual size',
    shortcuts: ['Mod+1'],
    hint: 'One px of the picture on one px of the screen.',
    ...forDocument(({ view }) => {
      view.zoomTo(1);
    }),
  },
  {
    ...GROUP,
    id: 'view.pan-held',
    title: 'Pan while held',
    shortcuts: ['Space'],
    enabled: ({ active }) => active !== null,
    run: ({ tools }) => {
      tools.held = 'pan';
    },
    release: ({ tools }) => {
      tools.held = null;
    },
  },
  {
    ...GROUP,
    id: 'view.compare',
    title: 'Compare with the original',
    shortcuts: ['\\'],
    hint: 'Shows the picture as it was opened, while the key is held.',
    enabled: ({ active }) => active !== null,
    checked: ({ compare }) => compare === 'original',
    run: (editor) => {
      editor.compare = editor.compare === 'original' ? null : 'original';
    },
    release: (editor) => {
      editor.compare = null;
    },
  },
  {
    ...GROUP,
    id: 'view.compare-split',
    title: 'Split comparison',
    shortcuts: ['|', 'Y'],
    hint: 'Shows the original left of a line that can be dragged.',
    enabled: ({ active }) => active !== null,
    checked: ({ compare }) => typeof compare === 'object' && compare !== null,
    run: (editor) => {
      const isSplit = typeof editor.compare === 'object' && editor.compare !== null;
      editor.compare = isSplit ? null : { split: 0.5 };
    },
  },
  {
    ...GROUP,
    id: 'view.hole',
    title: 'Show the hole',
    shortcuts: ['Shift+H'],
    hint: 'Shows the tokens that will be refilled, over the selection.',
    enabled: () => true,
    checked: ({ preferences }) => preferences.showHole,
    run: ({ preferences }) => {
      preferences.showHole = !preferences.showHole;
    },
  },
  {
    ...GROUP,
    id: 'view.pixel-grid',
    title: 'Pixel grid',
    shortcuts: ["Mod+'"],
    hint: 'Lines between pixels, when close.',
    enabled: () => true,
    checked: ({ preferences }) => preferences.pixelGrid,
    run: ({ preferences }) => {
      preferences.pixelGrid = !preferences.pixelGrid;
    },
  },
  {
    ...GROUP,
    id: 'view.token-grid',
    title: 'Show tokens',
    shortcuts: ['Shift+G'],
    hint: 'Shows the tokens of the frame over the picture, whatever tool is in the hand.',
    enabled: () => true,
    checked: ({ preferences }) => preferences.tokenGrid,
    run: ({ preferences }) => {
      preferences.tokenGrid = !preferences.tokenGrid;
    },
  },
  {
    ...GROUP,
    id: 'view.rulers',
    title: 'Rulers',
    shortcuts: ['Mod+R'],
    enabled: () => true,
    checked: ({ preferences }) => preferences.rulers,
    run: ({ preferences }) => {
      preferences.rulers = !preferences.rulers;
    },
  },
];
