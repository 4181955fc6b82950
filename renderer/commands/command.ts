import type { Editor } from '../state/editor.svelte.ts';

/** Where a command stands in menus and in the sheet of shortcuts. */
export type CommandGroup =
  'File' | 'Edit' | 'Select' | 'View' | 'Canvas' | 'Fill' | 'Tokens' | 'Tools' | 'Token tools' | 'Help';

/** Something that a person can do; menus, shortcuts and buttons all come here. */
export interface Command {
  readonly id: string; // 'edit.undo'; the native menu uses the same ids
  readonly title: string; // 'Undo'
  readonly group: CommandGroup;
  /**
   * As 'Mod+Shift+Z' (Mod is Ctrl, or Cmd on a Mac), '[', 'Enter', 'Space'; several mean the same. Of commands that
   * share one, the first that is enabled runs; where one of them is checked, the one after it, so that a key goes round.
   */
  readonly shortcuts?: readonly string[];
  /** One sentence for tooltips, where the title does not say it all. */
  readonly hint?: string;
  /** Runs again and again while its key is held. */
  readonly repeats?: boolean;
  /** Can be used in the middle of a gesture; any other command gives the gesture up first. */
  readonly duringGesture?: boolean;
  enabled(editor: Editor): boolean;
  /** Whether its keys mean it just now; left out, they do whenever it can be used. */
  keyed?(editor: Editor): boolean;
  checked?(editor: Editor): boolean;
  /** What goes wrong becomes a notice; an abort is no failure. */
  run(editor: Editor): void | Promise<void>;
  /** What letting its key go does, for commands that last while it is held. */
  release?(editor: Editor): void;
}
