/** Objects and lists inside one another, at most, in anything that we read. */
const DEEPEST = 64;

/**
 * JSON from a file of others. What nests deeper than anything of ours is refused before it is parsed: parsers take
 * a hundred bytes and more for each bracket.
 * @throws SyntaxError
 */
export function parsePlainJson(text: string): unknown {
  if (isDeep(text)) throw new SyntaxError('nested too deeply');
  return JSON.parse(text);
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPENING = [91, 123]; // [ {
const CLOSING = [93, 125]; // ] }

function isDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === BACKSLASH) i++;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === OPENING[0] || code === OPENING[1]) {
      if (++depth > DEEPEST) return true;
    } else if (code === CLOSING[0] || code === CLOSING[1]) depth--;
  }
  return false;
}
