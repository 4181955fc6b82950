import { describeRecord, fillRecordSchema } from '../../../core/fill/record.ts';
import type { FillRecord } from '../../../core/fill/record.ts';

const NAMESPACE = 'urn:tessera:fill:1#';

/**
 * An XMP packet (ISO 16684-1) that says what was done: plain fields that any metadata viewer lists, and the whole
 * record as JSON, from which {@link recordFromXmp} reads it back.
 */
export function recordToXmp(record: FillRecord): string {
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
  const attributes = Object.entries(fields).map(([name, value]) => `\n    ${name}="${escape(value)}"`);
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:tessera="${NAMESPACE}"${attributes.join('')}>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escape(describeRecord(record))}</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

/** The record inside an XMP packet; undefined when it holds none of ours or one that does not parse. */
export function recordFromXmp(xmp: string): FillRecord | undefined {
  if (!xmp.includes(NAMESPACE)) return undefined;
  const json = /\btessera:Record="([^"]*)"/.exec(xmp)?.[1];
  if (json === undefined) return undefined;
  try {
    return fillRecordSchema.parse(JSON.parse(unescape(json)));
  } catch {
    return undefined; // edited by hand or by another program
  }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' } as const;

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ENTITIES[c as keyof typeof ENTITIES]);
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
