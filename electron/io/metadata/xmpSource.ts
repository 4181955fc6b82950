import { escapeXml, parseXml, type XmlElement } from './xml.ts';

/** A property of a picture as XMP has it: an element, ready to be written, with the namespaces that it needs. */
export interface XmpProperty {
  readonly name: string; // namespace and local name, joined
  readonly xml: string;
}

export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const XML = 'http://www.w3.org/XML/1998/namespace';
const XMP = 'http://ns.adobe.com/xap/1.0/';
const TIFF = 'http://ns.adobe.com/tiff/1.0/';
const EXIF = 'http://ns.adobe.com/exif/1.0/';
const DC = 'http://purl.org/dc/elements/1.1/';
const PHOTOSHOP = 'http://ns.adobe.com/photoshop/1.0/';
const IPTC_CORE = 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/';
const IPTC_EXTENSION = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
const TESSERA = 'urn:tessera:';

/** What stops being true, or still shows what was removed: sizes, previews, depth, motion and gain maps, our own record. */
const UNTRUE = [
  ...[
    'ImageWidth',
    'ImageLength',
    'Orientation',
    'BitsPerSample',
    'PhotometricInterpretation',
    'SamplesPerPixel',
    'Compression',
  ].map((name) => TIFF + name),
  ...['PixelXDimension', 'PixelYDimension', 'ColorSpace'].map((name) => EXIF + name),
  ...['Thumbnails', 'CreatorTool'].map((name) => XMP + name),
  `${PHOTOSHOP}ICCProfile`,
  'http://ns.google.com/photos/1.0/',
  'http://ns.adobe.com/hdr-gain-map/1.0/',
  'http://ns.apple.com/',
  TESSERA,
];

const PLACES = [
  `${EXIF}GPS`,
  ...['City', 'State', 'Country'].map((name) => PHOTOSHOP + name),
  ...['Location', 'CountryCode'].map((name) => IPTC_CORE + name),
  `${IPTC_EXTENSION}Location`,
];

/** A JPEG inside, in base 64. */
const PICTURE_INSIDE = /\/9j\/[A-Za-z0-9+/]/;

const LONGEST = 4 * 2 ** 20; // characters; longer packets hold pictures

/**
 * What of a source's XMP is carried over to an edited picture: all that still holds, such as rights, keywords and captions.
 * @param location whether where it was taken stays
 * @returns null where the packet cannot be read
 */
export function carriedProperties(xmp: string, location: boolean): XmpProperty[] | null {
  const start = xmp.indexOf('<');
  if (xmp.length > LONGEST || start < 0) return null;
  const root = parseXml(xmp.slice(start).replace(/\0+$/, ''));
  const rdf = root && findRdf(root);
  if (!rdf) return null;
  const properties = childrenOf(rdf)
    .filter(({ name }) => name === `${RDF}Description`)
    .flatMap(propertiesOf);
  const unwanted = location ? UNTRUE : [...UNTRUE, ...PLACES];
  const seen = new Set<string>();
  return properties.filter(({ name, xml }) => {
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew && !unwanted.some((begin) => name.startsWith(begin)) && !PICTURE_INSIDE.test(xml);
  });
}

function findRdf(element: XmlElement): XmlElement | undefined {
  if (element.name === `${RDF}RDF`) return element;
  return childrenOf(element)
    .map(findRdf)
    .find((found) => found !== undefined);
}

function childrenOf({ children }: XmlElement): XmlElement[] {
  return children.filter((child) => typeof child !== 'string');
}

/** Simple properties may be attributes of their description. */
function propertiesOf(description: XmlElement): XmpProperty[] {
  const simple = description.attributes
    .filter(({ name }) => !name.startsWith(RDF) && !name.startsWith(XML))
    .map(({ name, qualified, value }) => property(name, qualified.split(':')[0]!, value));
  const structured = childrenOf(description).map((child) => ({ name: child.name, xml: written(child) }));
  return [...simple, ...structured];
}

function property(name: string, prefix: string, value: string): XmpProperty {
  const { space, local } = split(name);
  return { name, xml: `<${prefix}:${local} xmlns:${prefix}="${space}">${value}</${prefix}:${local}>` };
}

/** The namespace and the local name of a joined one: namespaces end in / or #, as XMP asks for. */
function split(name: string): { space: string; local: string } {
  const at = Math.max(name.lastIndexOf('/'), name.lastIndexOf('#'), name.lastIndexOf(':')) + 1;
  return { space: name.slice(0, at), local: name.slice(at) };
}

/** An element as XML that stands for itself, with every namespace that it names. */
function written(element: XmlElement): string {
  const { space, local } = split(element.name);
  const prefix = element.prefix === '' ? 'ns' : element.prefix;
  const spaces = new Map([[prefix, space]]);
  const attributes = element.attributes.map(({ name, qualified, value }) => {
    const [before, after] = qualified.includes(':')
      ? (qualified.split(':', 2) as [string, string])
      : ['', qualified];
    if (before !== '' && before !== 'xml') spaces.set(before, split(name).space);
    return ` ${before === '' ? after : `${before}:${after}`}="${value.replaceAll('"', '&quot;')}"`;
  });
  const declared = [...spaces]
    .map(([name, value]) => ` xmlns:${name}="${value.replaceAll('"', '&quot;')}"`)
    .join('');
  const inside = element.children
    .map((child) => (typeof child === 'string' ? child : written(child)))
    .join('');
  return `<${prefix}:${local}${declared}${attributes.join('')}>${inside}</${prefix}:${local}>`;
}

/** What a dataset of IPTC is in XMP (IPTC Photo Metadata Standard, appendix B). */
const IPTC: Readonly<
  Record<
    number,
    readonly [space: string, prefix: string, local: string, form: 'text' | 'Alt' | 'Bag' | 'Seq']
  >
> = {
  5: [DC, 'dc', 'title', 'Alt'],
  25: [DC, 'dc', 'subject', 'Bag'],
  40: [PHOTOSHOP, 'photoshop', 'Instructions', 'text'],
  80: [DC, 'dc', 'creator', 'Seq'],
  85: [PHOTOSHOP, 'photoshop', 'AuthorsPosition', 'text'],
  90: [PHOTOSHOP, 'photoshop', 'City', 'text'],
  92: [IPTC_CORE, 'Iptc4xmpCore', 'Location', 'text'],
  95: [PHOTOSHOP, 'photoshop', 'State', 'text'],
  101: [PHOTOSHOP, 'photoshop', 'Country', 'text'],
  103: [PHOTOSHOP, 'photoshop', 'TransmissionReference', 'text'],
  105: [PHOTOSHOP, 'photoshop', 'Headline', 'text'],
  110: [PHOTOSHOP, 'photoshop', 'Credit', 'text'],
  115: [PHOTOSHOP, 'photoshop', 'Source', 'text'],
  116: [DC, 'dc', 'rights', 'Alt'],
  120: [DC, 'dc', 'description', 'Alt'],
  122: [PHOTOSHOP, 'photoshop', 'CaptionWriter', 'text'],
};

const APPLICATION_RECORD = 2;

/** The properties that datasets of IPTC stand for; `iptc` may lie in image resources of Photoshop. */
export function propertiesOfIptc(iptc: Uint8Array): XmpProperty[] {
  const values = new Map<number, string[]>();
  for (let at = datasetsAt(iptc); at >= 0 && at + 5 <= iptc.length && iptc[at] === 0x1c;) {
    const length = (iptc[at + 3]! << 8) | iptc[at + 4]!;
    if (length > 0x7fff || at + 5 + length > iptc.length) break;
    const dataset = iptc[at + 2]!;
    if (iptc[at + 1] === APPLICATION_RECORD && IPTC[dataset]) {
      values.set(dataset, [...(values.get(dataset) ?? []), textOf(iptc.subarray(at + 5, at + 5 + length))]);
    }
    at += 5 + length;
  }
  return [...values].map(([dataset, texts]) => {
    const [space, prefix, local, form] = IPTC[dataset]!;
    const lang = form === 'Alt' ? ' xml:lang="x-default"' : '';
    const items = texts.map((text) => `<rdf:li xmlns:rdf="${RDF}"${lang}>${text}</rdf:li>`).join('');
    const value = form === 'text' ? texts[0]! : `<rdf:${form} xmlns:rdf="${RDF}">${items}</rdf:${form}>`;
    return property(space + local, prefix, value);
  });
}

function datasetsAt(iptc: Uint8Array): number {
  if (iptc[0] === 0x1c) return 0;
  const data = Buffer.from(iptc.buffer, iptc.byteOffset, iptc.length);
  const resource = data.indexOf(Buffer.from('8BIM\x04\x04', 'latin1'));
  return resource < 0 ? -1 : data.indexOf(0x1c, resource);
}

// eslint-disable-next-line no-control-regex -- control characters are what XML must not hold
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

function textOf(bytes: Uint8Array): string {
  const plain = (text: string): string => escapeXml(text.replace(CONTROL, ''));
  try {
    return plain(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return plain(new TextDecoder('latin1').decode(bytes));
  }
}
