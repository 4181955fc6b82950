import { type Command, defineCommand } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { nextZoom } from '../zoomStops.ts';

const CALM = { duringGesture: true } as const;

export const viewCommands: readonly Command[] = [
  defineCommand('view.zoom-in', {
    ...CALM,
    repeats: true,
    ...forDocument(({ view }) => {
      view.zoomTo(nextZoom(view.zoom, 1));
    }),
  }),
  defineCommand('view.zoom-out', {
    ...CALM,
    repeats: true,
    ...forDocument(({ view }) => {
      view.zoomTo(nextZoom(view.zoom, -1));
    }),
  }),
  defineCommand('view.fit', {
    ...CALM,
    ...forDocument(({ view, current }) => {
      view.fit(current.canvas);
    }),
  }),
  defineCommand('view.actual', {
    ...CALM,
    ...forDocument(({ view }) => {
      view.zoomTo(1);
    }),
  }),
  defineCommand('view.pan-held', {
    ...CALM,
    enabled: ({ active }) => active !== null,
    run: ({ tools }) => {
      tools.temporary = 'pan';
    },
    release: ({ tools }) => {
      tools.temporary = null;
    },
  }),
  defineCommand('view.compare', {
    ...CALM,
    enabled: ({ active }) => active !== null,
    checked: ({ compare }) => compare === 'original',
    run: (editor) => {
      editor.compare = editor.compare === 'original' ? null : 'original';
    },
    release: (editor) => {
      editor.compare = null;
    },
  }),
  defineCommand('view.compare-split', {
    ...CALM,
    enabled: ({ active }) => active !== null,
    checked: ({ compare }) => typeof compare === 'object' && compare !== null,
    run: (editor) => {
      const isSplit = typeof editor.compare === 'object' && editor.compare !== null;
      editor.compare = isSplit ? null : { split: 0.5 };
    },
  }),
  defineCommand('view.hole', {
    ...CALM,
    enabled: () => true,
    checked: ({ preferences }) => preferences.showHole,
    run: ({ preferences }) => {
      preferences.showHole = !preferences.showHole;
    },
  }),
  defineCommand('view.pixel-grid', {
    ...CALM,
    enabled: () => true,
    checked: ({ preferences }) => preferences.pixelGrid,
    run: ({ preferences }) => {
      preferences.pixelGrid = !preferences.pixelGrid;
    },
  }),
  defineCommand('view.token-grid', {
    ...CALM,
    enabled: () => true,
    checked: ({ preferences }) => preferences.tokenGrid,
    run: ({ preferences }) => {
      preferences.tokenGrid = !preferences.tokenGrid;
    },
  }),
  defineCommand('view.panels', {
    ...CALM,
    enabled: ({ active }) => active !== null,
    checked: ({ panelsHidden }) => !panelsHidden,
    run: (editor) => {
      editor.panelsHidden = !editor.panelsHidden;
    },
  }),
  defineCommand('view.rulers', {
    ...CALM,
    enabled: () => true,
    checked: ({ preferences }) => preferences.rulers,
    run: ({ preferences }) => {
      preferences.rulers = !preferences.rulers;
    },
  }),
];
