// Which strings of the window are texts that a person reads.

/** Attributes and props of components that are read; all others are names for programs. */
const READ = new Set([
  ...[
    'label',
    'title',
    'hint',
    'sentence',
    'placeholder',
    'alt',
    'unit',
    'note',
    'closeLabel',
    'name',
    'text',
  ],
  ...['share', 'aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext'],
]);

/** Keys as events and shortcuts name them. */
const KEY =
  /^(Enter|Escape|Tab|Home|End|Page(Up|Down)|Insert|Backspace|Delete|Space|Shift|Control|Alt|Meta|Mod|Arrow\w+|Key[A-Z]|Digit\d|Dead|AltGraph)$/;

/** A word of two letters or more; a value is a '#'. */
const WORD = /\p{L}{2}/u;

/** Two words beside each other, or a word beside a value. */
const PHRASE = /(\p{L}[,.:;…’”)]?|#[,.:;)]?) +[“(]?(\p{L}|#)/u;

/** Lengths and functions of CSS, paths, and attributes of selectors. */
const CODE =
  /#(px|%|deg|fr)(\s|$|[;,)])|\b(var|calc|rgba?|hsla?|translate|scale|url)\(|[[\]{}<>=]|^[./]|^\d+px|^\(\w+-?\w+[-:]|^tessera |^[a-z]+(-[a-z]+)+ : ?#?\w+;/;

/** @param {import('wuchale').Message} message */
export function isText({ msgStr, details }) {
  const text = msgStr
    .join(' ')
    .replaceAll(/\{\d+\}/g, '#')
    .trim();
  const { scope, attribute, element, call = '' } = details;
  if (!WORD.test(text)) return false;
  if (attribute !== undefined) return READ.has(attribute) && 'message';
  if (scope === 'markup') return element !== 'code' && element !== 'kbd' && 'message';
  if (
    /^(console|performance|document)\./.test(call) ||
    /(querySelector|matches|closest|moveFocus)/.test(call)
  )
    return false;
  if (CODE.test(text) || KEY.test(text)) return false;
  return (PHRASE.test(text) || /^\p{Lu}\p{Ll}+…?$/u.test(text)) && 'message';
}
