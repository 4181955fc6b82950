import { type Command, defineCommand } from '../command.ts';
import { lookForUpdates } from '../updates.ts';

export const helpCommands: readonly Command[] = [
  defineCommand('help.shortcuts', {
    enabled: () => true,
    run: (editor) => {
      editor.dialog = 'shortcuts';
    },
  }),
  defineCommand('help.updates', {
    enabled: ({ appInfo }) => appInfo?.updates === true,
    run: lookForUpdates,
  }),
  defineCommand('help.about', {
    enabled: () => true,
    run: (editor) => {
      editor.dialog = 'about';
    },
  }),
];
