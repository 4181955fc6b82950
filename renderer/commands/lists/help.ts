import type { Command } from '../command.ts';

export const helpCommands: readonly Command[] = [
  {
    id: 'help.shortcuts',
    title: 'Keyboard shortcuts',
    group: 'Help',
    shortcuts: ['?'],
    enabled: () => true,
    run: (editor) => {
      editor.dialog = 'shortcuts';
    },
  },
  {
    id: 'help.about',
    title: 'About Tessera',
    group: 'Help',
    enabled: () => true,
    run: (editor) => {
      editor.dialog = 'about';
    },
  },
];
