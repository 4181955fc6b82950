import { describeRecord, fillRecordSchema } from '../../../core/fill/record.ts';
import type { FillRecord } from '../../../core/fill/record.ts';
import { escapeXml, unescapeXml } from './xml.ts';
import type { XmpProperty } from './xmpSource.ts';

const NAMESPACE = 'urn:tessera:fill:1#';
const DESCRIPTION = 'http://purl.org/dc/elements/1.1/description';

/**
 * An XMP packet (ISO 16684-1): what is carried over from the source, and what was done, as plain fields that any metadata
 * viewer lists and as JSON, from which {@link recordFromXmp} reads it back. The source's description counts more than ours.
 */
export function xmpPacket(record: FillRecord | undefined, carried: readonly XmpProperty[]): string {
  const ours = record ? attributesOf(record) : '';
  const isDescribed = carried.some(({ name }) => name === DESCRIPTION);
  const description =
    record && !isDescribed
      ? `\n   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(describeRecord(record))}</rdf:li></rdf:Alt></dc:description>`
      : '';
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:tessera="${NAMESPACE}"${ours}>${description}${carried.map(({ xml }) => `\n   ${xml}`).join('')}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

/** A packet of what is carried over alone, to travel with a picture until it is written. */
export function carriedPacket(carried: readonly XmpProperty[]): string {
  return xmpPacket(undefined, carried);
}

function attributesOf(record: FillRecord): string {
  const fields: Record<string, string> = {
    'xmp:CreatorTool': record.software,
    'tessera:Operation': record.operation,
    'tessera:PackageId': record.package.id,
    'tessera:PackageVersion': record.package.version,
    'tessera:Preset': record.preset,
    'tessera:Seed': String(record.seed),
    'tessera:HoleTokens': String(record.hole.tokens),
    'tessera:HolePixels': String(record.hole.pixels),
    'tessera:Record': JSON.stringify(record),
  };
  return Object.entries(fields)
    .map(([name, value]) => `\n    ${name}="${escapeXml(value)}"`)
    .join('');
}

/** The record inside an XMP packet; undefined when it holds none of ours or one that does not parse. */
export function recordFromXmp(xmp: string): FillRecord | undefined {
  if (!xmp.includes(NAMESPACE)) return undefined;
  const json = /\btessera:Record="([^"]*)"/.exec(xmp)?.[1];
  if (json === undefined) return undefined;
  try {
    return fillRecordSchema.parse(JSON.parse(unescapeXml(json)));
  } catch {
    return undefined; // edited by hand or by another program
  }
}
