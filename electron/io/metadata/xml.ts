/** An element of XML with its names resolved; see {@link parseXml}. */
export interface XmlElement {
  readonly name: string; // namespace and local name, joined
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[]; // without the declarations of namespaces
  readonly children: readonly (XmlElement | string)[]; // texts are as they are written, with entities
}

export interface XmlAttribute {
  readonly name: string; // namespace and local name, joined
  readonly qualified: string; // prefix:local, as it is written
  readonly value: string; // as it is written, with entities
}

const DEEPEST = 64; // elements inside one another
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|[^<]+/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The outermost element; null for what is no well-formed XML, has a document type, or nests too deeply. */
export function parseXml(text: string): XmlElement | null {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return null;
  const root: Open = { name: '', prefix: '', attributes: [], children: [], qualified: '', spaces: new Map() };
  const open: Open[] = [root];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index !== at) return null; // something between that is no XML
    at += match[0].length;
    const inner = open.at(-1)!;
    const [token, closed, started, attributes = '', isEmpty] = match;
    if (closed !== undefined) {
      if (inner.qualified !== closed || open.length === 1) return null;
      open.pop();
    } else if (started !== undefined) {
      const element = elementOf(started, attributes, inner.spaces);
      inner.children.push(element);
      if (isEmpty === '') open.push(element);
      if (open.length > DEEPEST) return null;
    } else if (token.startsWith('<![CDATA[')) inner.children.push(escapeXml(token.slice(9, -3)));
    else if (!token.startsWith('<')) inner.children.push(token);
  }
  if (at !== text.length || open.length !== 1) return null;
  return root.children.find((child) => typeof child !== 'string') ?? null;
}

interface Open extends XmlElement {
  readonly qualified: string;
  readonly children: (XmlElement | string)[];
  readonly spaces: ReadonlyMap<string, string>;
}

function elementOf(qualified: string, text: string, outer: ReadonlyMap<string, string>): Open {
  const spaces = new Map(outer);
  const written: [string, string][] = [];
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? '';
    const declared = name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6) : null;
    if (declared !== null) spaces.set(declared, value);
    else written.push([name, value]);
  }
  const attributes = written.map(([name, value]): XmlAttribute => {
    return { name: resolved(name, spaces, ''), qualified: name, value };
  });
  const prefix = qualified.includes(':') ? qualified.slice(0, qualified.indexOf(':')) : '';
  const name = resolved(qualified, spaces, spaces.get('') ?? '');
  return { name, prefix, attributes, children: [], qualified, spaces };
}

function resolved(qualified: string, spaces: ReadonlyMap<string, string>, otherwise: string): string {
  const [prefix, local] = qualified.includes(':')
    ? (qualified.split(':', 2) as [string, string])
    : ['', qualified];
  return (prefix === '' ? otherwise : (spaces.get(prefix) ?? '')) + local;
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' } as const;

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ENTITIES[c as keyof typeof ENTITIES]);
}

export function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
