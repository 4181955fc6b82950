/** What is done with tokens as files and text: ids of commands. */
export const TOKEN_FILES_MENU = [
  ['tokens.export', 'tokens.import'],
  ['tokens.copy', 'tokens.paste', 'tokens.copy-command'],
] as const;
