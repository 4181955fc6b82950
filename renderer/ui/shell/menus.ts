/** The menus of the top bar: ids of commands, those that belong together beside each other. */
export const FILE_MENU = [
  ['file.open', 'file.new-canvas', 'file.new-from-clipboard'],
  ['file.save', 'file.save-as', 'file.export'],
  ['file.place', 'file.place-open', 'select.empty'],
  ['canvas.extend', 'canvas.crop', 'file.import-mask', 'file.export-mask'],
  ['file.close'],
  ['help.shortcuts', 'help.about'],
] as const;

export const VIEW_MENU = [
  ['view.zoom-in', 'view.zoom-out', 'view.fit', 'view.actual'],
  ['view.hole', 'view.pixel-grid', 'view.rulers'],
  ['view.compare-split'],
] as const;
