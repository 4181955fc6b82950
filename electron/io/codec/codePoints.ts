import { pngChunks } from '../metadata/pngChunks.ts';
import {
  type Chromaticities,
  type ColourSpace,
  type Curve,
  gammaCurve,
  spaceOfPrimaries,
  SRGB_PRIMARIES,
  srgbCurve,
} from './colourSpace.ts';

const D65 = [0.3127, 0.329] as const;
const C = [0.31, 0.316] as const; // CIE illuminant C

/** ITU-T H.273, table 2. */
const PRIMARIES: Readonly<Record<number, Chromaticities>> = {
  1: SRGB_PRIMARIES,
  4: [[0.67, 0.33], [0.21, 0.71], [0.14, 0.08], C],
  5: [[0.64, 0.33], [0.29, 0.6], [0.15, 0.06], D65],
  6: [[0.63, 0.34], [0.31, 0.595], [0.155, 0.07], D65],
  7: [[0.63, 0.34], [0.31, 0.595], [0.155, 0.07], D65],
  8: [[0.681, 0.319], [0.243, 0.692], [0.145, 0.049], C],
  9: [[0.708, 0.292], [0.17, 0.797], [0.131, 0.046], D65],
  11: [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
    [0.314, 0.351],
  ],
  12: [[0.68, 0.32], [0.265, 0.69], [0.15, 0.06], D65],
  22: [[0.63, 0.34], [0.295, 0.605], [0.155, 0.077], D65],
};

/** What BT.709, BT.601 and BT.2020 share. */
const video: Curve = (v) => (v < 0.081 ? v / 4.5 : ((v + 0.0993) / 1.0993) ** (1 / 0.45));

const WHITE = 203; // cd/m²: what a white page of HDR has (ITU-R BT.2408)

/** SMPTE ST 2084, as a share of the white of a page; what is brighter is clipped. */
const pq: Curve = (v) => {
  const p = v ** (1 / 78.84375);
  return (
    ((Math.max(0, p - 0.8359375) / (18.8515625 - 18.6875 * p)) ** (1 / 0.1593017578125) * 10_000) / WHITE
  );
};

/** ITU-R BT.2100: light of the scene, as a share of that of a white page, whose signal is 0.75. */
const hlg: Curve = (v) => hlgLight(v) / hlgLight(0.75);
const hlgLight: Curve = (v) =>
  v <= 0.5 ? v ** 2 / 3 : (Math.exp((v - 0.55991073) / 0.17883277) + 0.28466892) / 12;

const smpte240: Curve = (v) => (v < 0.0913 ? v / 4 : ((v + 0.1115) / 1.1115) ** (1 / 0.45));

/** ITU-T H.273, table 3. */
const TRANSFERS: Readonly<Record<number, Curve>> = {
  1: video,
  4: gammaCurve(2.2),
  5: gammaCurve(2.8),
  6: video,
  7: smpte240,
  8: (v) => v,
  13: srgbCurve,
  14: video,
  15: video,
  16: pq,
  17: gammaCurve(2.6),
  18: hlg,
};

/** Of video in the colours of sRGB, which everybody shows as sRGB. */
const LIKE_SRGB = [1, 6, 13, 14, 15];

/**
 * The colour space of two code points (CICP); 'srgb' where samples are shown as they are, null where the numbers say
 * nothing.
 */
export function spaceOfCodePoints(primaries: number, transfer: number): ColourSpace | 'srgb' | null {
  const chromaticities = PRIMARIES[primaries];
  const curve = TRANSFERS[transfer];
  if (!chromaticities || !curve) return null;
  if (primaries === 1 && LIKE_SRGB.includes(transfer)) return 'srgb';
  return spaceOfPrimaries(chromaticities, curve);
}

const FULL_RANGE = 1;
const ROOM = 65_536; // bytes in which the boxes lie that come first

/** What a 'colr' box of type 'nclx' says in an AVIF or HEIF file. */
export function spaceOfAvif(bytes: Uint8Array): ColourSpace | 'srgb' | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, ROOM));
  const at = head.indexOf('colrnclx', 0, 'latin1') + 8;
  if (at < 8 || at + 4 > head.length) return null;
  return spaceOfCodePoints(head.readUInt16BE(at), head.readUInt16BE(at + 2));
}

const GAMMA_UNIT = 100_000;
const USUAL_GAMMA = 1 / 2.2; // what writers of sRGB put beside its chromaticities
const ALIKE = 0.01;

/**
 * What a PNG says of its colours besides an ICC profile, in the order in which the specification lets one count more
 * than another (PNG, third edition, 4.3): cICP outdoes a profile, which outdoes sRGB, gAMA and cHRM.
 */
export function spaceOfPng(bytes: Uint8Array): {
  beforeIcc: ColourSpace | 'srgb' | null;
  afterIcc: ColourSpace | 'srgb' | null;
} {
  const chunks = pngChunks(bytes);
  const cicp = chunks.get('cICP');
  const full = cicp?.byteLength === 4 && cicp.getUint8(2) === 0 && cicp.getUint8(3) === FULL_RANGE;
  return {
    beforeIcc: full ? spaceOfCodePoints(cicp.getUint8(0), cicp.getUint8(1)) : null,
    afterIcc: chunks.has('sRGB') ? 'srgb' : spaceOfGamma(chunks.get('gAMA'), chunks.get('cHRM')),
  };
}

function spaceOfGamma(
  gamma: DataView | undefined,
  chromaticities: DataView | undefined,
): ColourSpace | 'srgb' | null {
  const exponent = gamma?.byteLength === 4 ? gamma.getUint32(0) / GAMMA_UNIT : null;
  const given = chromaticities?.byteLength === 32 ? primariesIn(chromaticities) : SRGB_PRIMARIES;
  const ours = given.flat().every((value, i) => Math.abs(value - SRGB_PRIMARIES.flat()[i]!) < ALIKE);
  const usual = !exponent || Math.abs(exponent - USUAL_GAMMA) < ALIKE;
  if (ours && usual) return 'srgb';
  return spaceOfPrimaries(given, exponent ? gammaCurve(1 / exponent) : srgbCurve);
}

function primariesIn(view: DataView): Chromaticities {
  const at = (i: number): [number, number] => [
    view.getUint32(i * 8) / GAMMA_UNIT,
    view.getUint32(i * 8 + 4) / GAMMA_UNIT,
  ];
  return [at(1), at(2), at(3), at(0)]; // white comes first in the file
}
