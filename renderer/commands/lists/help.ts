import { type Command, defineCommand } from '../command.ts';

export const helpCommands: readonly Command[] = [
  defineCommand('help.shortcuts', {
    enabled: () => true,
    run: (editor) => {
      editor.dialog = 'shortcuts';
    },
  }),
  defineCommand('help.about', {
    enabled: () => true,
    run: (editor) => {
      editor.dialog = 'about';
    },
  }),
];
