// Texts of files that no bundler changes: sentences of errors, titles of commands, native dialogs. They are shown in
// another language by their English (core/texts/messages.ts).
import ts from 'typescript';
import { isText } from './heuristic.mjs';

/** Properties that hold what a person reads, also where it is no sentence. */
const READ = new Set(['title', 'label', 'hint', 'group', 'message', 'detail', 'name', 'buttons']);

/** Files whose titles are read; elsewhere the same properties hold names for programs. */
const TITLED = /^(core\/commands\/|electron\/main\/|renderer\/ui\/dialogs\/sizes\.ts$)/;

/** Files in which most texts are for people. */
const OF_PEOPLE =
  /^(renderer\/|core\/contract\/methodDescriptions\.ts$|core\/document\/project\/salvage\.ts$)/;

const SENTENCE = /^[“"]?(\p{Lu}|\{)(.|\n)*\s(.|\n)*[.?!…][”"]?$/u;

/**
 * The texts of a file, each as wuchale wants it; values are numbered.
 *
 * @param {string} content @param {string} file
 * @returns {import('wuchale').Message[]}
 */
export function sentences(content, file) {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  /** @type {import('wuchale').Message[]} */
  const found = [];

  /** @param {ts.Node} node @param {boolean} read whether what it holds is read @returns {void} */
  const visit = (node, read) => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isNewExpression(node) && node.expression.getText(source) === 'TesseraError') {
      const [, ...said] = node.arguments ?? [];
      for (const argument of said) visit(argument, !ts.isObjectLiteralExpression(argument));
      return;
    }
    const text = textOf(node, source);
    if (text !== null) {
      const said = message(text, file);
      const isRead = read ? /\p{L}{2}/u.test(text.text) : SENTENCE.test(text.text);
      if (isRead || (OF_PEOPLE.test(file) && isText(said))) found.push(said);
    }
    if (ts.isPropertyAssignment(node)) visit(node.initializer, isTitle(node, file));
    else if (ts.isCallExpression(node)) {
      // What a text goes through is read; what is asked for by a name is not.
      const wraps = node.expression.getText(source) === 'translated';
      node.forEachChild((child) => {
        visit(child, wraps);
      });
    } else {
      const stays = read && isPartOfText(node);
      node.forEachChild((child) => {
        visit(child, stays);
      });
    }
  };
  visit(source, false);
  return found;
}

/** @param {ts.PropertyAssignment} property @param {string} file */
function isTitle({ name, parent }, file) {
  return isTable(parent.parent) || (TITLED.test(file) && ts.isIdentifier(name) && READ.has(name.text));
}

/** A table of titles: `const OPEN_TITLES = {…}`. @param {ts.Node} node */
function isTable(node) {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return isTable(node.parent);
  return ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text.endsWith('_TITLES');
}

/** Choices, sums and lists of texts are texts. @param {ts.Node} node */
function isPartOfText(node) {
  return (
    ts.isConditionalExpression(node) ||
    ts.isBinaryExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isAsExpression(node)
  );
}

/** @typedef {{ text: string, values: string[] }} Text */

/** @param {ts.Node} node @param {ts.SourceFile} source @returns {Text | null} */
function textOf(node, source) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    return { text: node.text, values: [] };
  if (!ts.isTemplateExpression(node)) return null;
  let text = node.head.text;
  node.templateSpans.forEach(({ literal }, index) => (text += `{${index}}${literal.text}`));
  return { text, values: node.templateSpans.map(({ expression }) => expression.getText(source)) };
}

/** @param {Text} text @param {string} file @returns {import('wuchale').Message} */
function message({ text, values }, file) {
  return {
    msgStr: [text],
    plural: false,
    placeholders: values.map((value, index) => [index, value]),
    details: { file, scope: 'script', insideProgram: true },
    type: 'message',
  };
}
