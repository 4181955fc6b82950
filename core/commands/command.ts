/** Where a command stands in the sheet of shortcuts. */
export type CommandGroup =
  'File' | 'Edit' | 'Select' | 'View' | 'Picture' | 'Fill' | 'Tokens' | 'Tools' | 'Token tools' | 'Help';

/** What a person sees of a command. What it does, and when it is enabled, is in renderer/commands. */
export interface CommandEntry {
  readonly id: string; // 'edit.undo'
  readonly title: string; // 'Undo'
  /** The group, if it differs from the menu. */
  readonly group?: CommandGroup;
  /**
   * As 'Mod+Shift+Z' (Mod is Ctrl, or Cmd on a Mac), '[', 'Enter', 'Space'; several mean the same. Of commands that
   * share one, the first that is enabled runs; where one of them is checked, the one after it, so that a key goes round.
   */
  readonly shortcuts?: readonly string[];
  /** One sentence for tooltips, where the title does not say it all. */
  readonly hint?: string | undefined;
  /** How its item in the native menu is ticked; commands without a mark are not. */
  readonly mark?: 'checkbox' | 'radio';
  /** For commands that make sense only while a key is held or a shape is half drawn; opening a menu would end that. */
  readonly keysOnly?: boolean;
}

/** A line of a menu. Lines that are no command are made by the native menu: a separator, recent files, window items, Quit. */
export type MenuEntry = CommandEntry | '---' | 'recent' | 'window' | 'quit';

export interface Menu {
  readonly label: CommandGroup;
  readonly entries: readonly MenuEntry[];
}
