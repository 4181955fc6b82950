import type { MenuEntry } from './command.ts';

export const FILL_MENU = [
  {
    id: 'fill.run',
    title: 'Fill',
    shortcuts: ['Enter', 'Mod+Enter'],
    hint: 'Fills what is selected. While candidates wait, Enter accepts the one that is shown.',
  },
  {
    id: 'fill.again',
    title: 'Fill again',
    shortcuts: ['Mod+Shift+Enter'],
    hint: 'Repeats the last fill with another seed; its candidates join the others.',
  },
  {
    id: 'fill.repair',
    title: 'Repair',
    hint: 'Makes the tokens of what is selected noise to the strength in the panel, so that they may change or stay.',
  },
  {
    id: 'fill.repair-least-likely',
    title: 'Repair least likely tokens',
    hint: 'Selects the tokens that the model finds least likely, and repairs them.',
  },
  { id: 'fill.cancel', title: 'Cancel fill', shortcuts: ['Escape'] },
  { id: 'fill.reveal-frame', title: 'Show the frame', hint: 'Moves the view to the frame of the fill.' },
  '---',
  {
    id: 'fill.accept',
    title: 'Accept candidate',
    shortcuts: ['Enter'],
    hint: 'Makes the candidate that is shown part of the picture. Without candidates, Enter fills.',
  },
  { id: 'fill.previous', title: 'Previous candidate', shortcuts: ['ArrowLeft'] },
  { id: 'fill.next', title: 'Next candidate', shortcuts: ['ArrowRight'] },
  {
    id: 'fill.keep',
    title: 'Keep for later',
    shortcuts: ['Shift+K'],
    hint: 'Takes the candidate out of the strip and keeps it in the project, with its selection.',
  },
  {
    id: 'fill.use-seed',
    title: 'Use its seed',
    hint: 'Locks the seed of the candidate that is shown: the next fill begins with the same one.',
  },
  {
    id: 'fill.discard',
    title: 'Discard candidate',
    shortcuts: ['Delete', 'Backspace'],
    hint: 'Removes the candidate that is shown; the others stay.',
  },
  {
    id: 'fill.large-candidates',
    title: 'Large candidates',
    hint: 'Shows the candidates in the strip at twice their size.',
    mark: 'checkbox',
  },
  {
    id: 'fill.side-by-side',
    title: 'Candidates side by side',
    shortcuts: ['Shift+Y'],
    hint: 'Shows up to four candidates at once, as large as they can be.',
    mark: 'checkbox',
  },
  { id: 'fill.discard-all', title: 'Discard all candidates', shortcuts: ['Shift+Delete', 'Shift+Backspace'] },
] as const satisfies readonly MenuEntry[];
