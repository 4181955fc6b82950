import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A text that people may be told: what is put in stands as … */
export interface Sentence {
  readonly at: string; // file:line of the error that is made
  readonly text: string;
  readonly foreign: readonly string[]; // words of libraries that get into it, as the sources call them
}

export interface Sentences {
  readonly messages: readonly Sentence[];
  readonly hints: readonly Sentence[];
}

/** What stands for a value that only a run knows, such as a name or a number. */
const VALUE = '…';

const MOST = 64; // texts that one expression may be

/** A text, or a piece of one, that an expression may be. */
interface Text {
  readonly text: string;
  readonly foreign: readonly string[];
}

/**
 * The messages and hints of all errors that are made in folders, through helper functions, their parameters and
 * constants as far as the sources show them.
 */
export function sentencesIn(folders: readonly string[]): Sentences {
  const files = folders.flatMap(sourcesIn);
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const sources = program
    .getSourceFiles()
    .filter(({ fileName }) => files.includes(path.relative('.', fileName)));
  return new Reader(program.getTypeChecker(), sources).all();
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => path.join(folder, file));
}

type Call = ts.CallExpression | ts.NewExpression;

class Reader {
  private readonly checker: ts.TypeChecker;
  private readonly calls = new Map<string, Call[]>(); // by the last name of what is called
  private readonly errors: ts.NewExpression[] = [];
  private readonly known = new Map<ts.Expression, readonly Text[]>();

  constructor(checker: ts.TypeChecker, sources: readonly ts.SourceFile[]) {
    this.checker = checker;
    for (const source of sources) this.note(source);
  }

  all(): Sentences {
    const messages: Sentence[] = [];
    const hints: Sentence[] = [];
    for (const error of this.errors) {
      const [, message, hint] = error.arguments ?? [];
      const at = placeOf(error);
      if (message) messages.push(...this.texts(message).map((text) => ({ at, ...text })));
      if (hint)
        hints.push(
          ...this.texts(hint)
            .filter(({ text }) => text !== '')
            .map((text) => ({ at, ...text })),
        );
    }
    return { messages, hints };
  }

  private note(node: ts.Node): void {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = lastName(node.expression);
      if (name !== null) this.calls.set(name, [...(this.calls.get(name) ?? []), node]);
      if (name === 'TesseraError' && ts.isNewExpression(node)) this.errors.push(node);
    }
    ts.forEachChild(node, (child) => {
      this.note(child);
    });
  }

  /** All that an expression may be; a helper that leads back to itself adds nothing. */
  private texts(node: ts.Expression): readonly Text[] {
    const known = this.known.get(node);
    if (known) return known;
    this.known.set(node, [{ text: VALUE, foreign: [] }]);
    const found = this.find(node, (other) => this.texts(other));
    this.known.set(node, found);
    return found;
  }

  private find(node: ts.Expression, next: (other: ts.Expression) => readonly Text[]): readonly Text[] {
    if (ts.isStringLiteralLike(node)) return [{ text: node.text, foreign: [] }];
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) {
      return next(node.expression);
    }
    if (ts.isConditionalExpression(node)) return either(next(node.whenTrue), next(node.whenFalse));
    if (ts.isTemplateExpression(node)) {
      let built: readonly Text[] = [{ text: node.head.text, foreign: [] }];
      for (const { expression, literal } of node.templateSpans) {
        built = joined(joined(built, next(expression)), [{ text: literal.text, foreign: [] }]);
      }
      return built;
    }
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.PlusToken) return joined(next(node.left), next(node.right));
      if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) {
        return either(next(node.left), next(node.right));
      }
    }
    if (ts.isIdentifier(node)) return node.text === 'undefined' ? [] : this.named(node, next);
    if (ts.isElementAccessExpression(node))
      return this.entries(node.expression, next) ?? this.value(node, next);
    if (ts.isPropertyAccessExpression(node)) return this.property(node, next);
    if (ts.isCallExpression(node)) return this.called(node, next);
    return this.value(node, next);
  }

  /** A constant, or a parameter, which is all that callers give for it. */
  private named(node: ts.Identifier, next: (other: ts.Expression) => readonly Text[]): readonly Text[] {
    const declared = this.declarationOf(node);
    if (
      declared &&
      ts.isVariableDeclaration(declared) &&
      declared.initializer &&
      ts.isIdentifier(declared.name)
    ) {
      return next(declared.initializer);
    }
    if (declared && ts.isParameter(declared)) {
      const given = this.given(declared);
      const texts = given.flatMap((argument) => [...next(argument)]);
      const alone = declared.initializer ? [...texts, ...next(declared.initializer)] : texts;
      if (alone.length > 0) return distinct(alone);
    }
    return this.value(node, next);
  }

  /** What callers give for a parameter, where its function has a name. */
  private given(parameter: ts.ParameterDeclaration): ts.Expression[] {
    const owner = parameter.parent;
    const index = owner.parameters.indexOf(parameter);
    const name = nameOfFunction(owner);
    if (!name) return [];
    const symbol = this.checker.getSymbolAtLocation(name);
    return (this.calls.get(name.text) ?? []).flatMap((call) => {
      const argument = call.arguments?.[index];
      return argument && this.symbolOf(call.expression) === symbol ? [argument] : [];
    });
  }

  private called(node: ts.CallExpression, next: (other: ts.Expression) => readonly Text[]): readonly Text[] {
    const declared = this.declarationOf(node.expression);
    const results = declared ? returnsOf(declared) : [];
    if (results.length === 0) return this.value(node, next);
    return distinct(results.flatMap((result) => [...next(result)]));
  }

  /** A member of a table of texts, or of an error, whose words are ours only if the error is. */
  private property(
    node: ts.PropertyAccessExpression,
    next: (other: ts.Expression) => readonly Text[],
  ): readonly Text[] {
    if (/^(message|stack|reason)$/.test(node.name.text) && this.isForeignError(node.expression)) {
      return [{ text: VALUE, foreign: [node.getText()] }];
    }
    const declared = this.declarationOf(node);
    if (declared && isOfErrors(declared)) return []; // it is looked at where it was made
    if (declared && ts.isPropertyAssignment(declared)) return next(declared.initializer);
    return this.value(node, next);
  }

  /** The texts of a table, whichever is chosen. */
  private entries(
    table: ts.Expression,
    next: (other: ts.Expression) => readonly Text[],
  ): readonly Text[] | null {
    const declared = this.declarationOf(table);
    const value = declared && ts.isVariableDeclaration(declared) ? declared.initializer : table;
    const literal = value && (ts.isAsExpression(value) ? value.expression : value);
    if (!literal || !ts.isObjectLiteralExpression(literal)) return null;
    const values = literal.properties.flatMap((each) =>
      ts.isPropertyAssignment(each) ? [each.initializer] : [],
    );
    return values.length === 0 ? null : distinct(values.flatMap((each) => [...next(each)]));
  }

  /** A value that only a run knows; the words of libraries may be anywhere in how it is made. */
  private value(node: ts.Node, next: (other: ts.Expression) => readonly Text[]): readonly Text[] {
    const foreign = new Set<string>();
    const look = (part: ts.Node): void => {
      if (ts.isPropertyAccessExpression(part) && /^(message|stack|reason)$/.test(part.name.text)) {
        if (this.isForeignError(part.expression)) foreign.add(part.getText());
      } else if (ts.isCallExpression(part) && lastName(part.expression) === 'String') {
        const [argument] = part.arguments;
        if (argument && this.isForeignError(argument)) foreign.add(part.getText());
      } else if (part !== node && ts.isIdentifier(part) && !isNameOfMember(part)) {
        for (const text of next(part)) for (const words of text.foreign) foreign.add(words);
      }
      ts.forEachChild(part, look);
    };
    look(node);
    return [{ text: VALUE, foreign: [...foreign] }];
  }

  /** Whether something may be an error that is not of our making. */
  private isForeignError(node: ts.Expression): boolean {
    const type = this.checker.getTypeAtLocation(node);
    if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return true;
    const types = type.isUnion() ? type.types : [type];
    return types.some((each) => {
      const symbol = each.getSymbol();
      const file = symbol?.declarations?.[0]?.getSourceFile().fileName ?? '';
      return symbol !== undefined && symbol.getName().endsWith('Error') && file.includes('node_modules');
    });
  }

  private declarationOf(node: ts.Node): ts.Declaration | undefined {
    const symbol = this.symbolOf(node);
    return symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  }

  private symbolOf(node: ts.Node): ts.Symbol | undefined {
    const symbol = this.checker.getSymbolAtLocation(node);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
  }
}

/** Whether something is the sentence of an error of ours. */
function isOfErrors(declared: ts.Declaration): boolean {
  const holder = declared.parent;
  const isNamed = ts.isInterfaceDeclaration(holder) || ts.isClassDeclaration(holder);
  return isNamed && /^(ErrorShape|TesseraError)$/.test(holder.name?.text ?? '');
}

function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return `${path.relative('.', source.fileName)}:${line + 1}`;
}

function lastName(node: ts.Expression): string | null {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : null;
}

function isNameOfMember(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}

function nameOfFunction(owner: ts.SignatureDeclaration): ts.Identifier | null {
  if (ts.isFunctionDeclaration(owner) || ts.isMethodDeclaration(owner)) {
    return owner.name && ts.isIdentifier(owner.name) ? owner.name : null;
  }
  const holder = owner.parent;
  if (!ts.isArrowFunction(owner) && !ts.isFunctionExpression(owner)) return null;
  return ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? holder.name : null;
}

/** What a function gives. */
function returnsOf(declared: ts.Declaration): ts.Expression[] {
  const initializer = ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  const owner = initializer && ts.isArrowFunction(initializer) ? initializer : declared;
  if (!ts.isFunctionDeclaration(owner) && !ts.isArrowFunction(owner) && !ts.isMethodDeclaration(owner))
    return [];
  const { body } = owner;
  if (!body) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, look);
  };
  look(body);
  return found;
}

function either(...texts: (readonly Text[])[]): readonly Text[] {
  return distinct(texts.flat());
}

/** Every one before every other. */
function joined(before: readonly Text[], after: readonly Text[]): readonly Text[] {
  const rest = after.length > 0 ? after : [{ text: VALUE, foreign: [] }];
  return distinct(
    before.flatMap((one) =>
      rest.map((other) => ({ text: one.text + other.text, foreign: [...one.foreign, ...other.foreign] })),
    ),
  );
}

function distinct(texts: readonly Text[]): readonly Text[] {
  const known = new Map(texts.map((text) => [`${text.text}\0${text.foreign.join()}`, text]));
  return [...known.values()].slice(0, MOST);
}
