import { createRequire } from 'node:module';
import type opencv from '@techstark/opencv-js';
import type { Mask } from '../../../core/pixels/masks/mask.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import type { Filler } from '../filler.ts';

type OpenCv = typeof opencv;

const RADIUS = 3; // px, what OpenCV's own example uses
const NAVIER_STOKES = 0; // OpenCV's flags, which its types leave open
const TELEA = 1;

/** OpenCV's two methods: they continue colours and edges smoothly into the hole and know no texture. */
export async function opencvFillers(): Promise<{ readonly telea: Filler; readonly navierStokes: Filler }> {
  const cv = await started();
  return {
    telea: (picture, hole) => inpaint(cv, picture, hole, TELEA),
    navierStokes: (picture, hole) => inpaint(cv, picture, hole, NAVIER_STOKES),
  };
}

/** The module is a thenable that resolves to itself: awaiting or importing it as it is would never end. */
function started(): Promise<OpenCv> {
  const require = createRequire(import.meta.url);
  const loading = require('@techstark/opencv-js') as OpenCv & {
    then?: (ready: (cv: OpenCv) => void) => void;
  };
  return new Promise((resolve) => {
    if (loading.then === undefined) resolve(loading);
    else
      loading.then((cv) => {
        delete loading.then;
        resolve(cv);
      });
  });
}

function inpaint(cv: OpenCv, picture: Picture, hole: Mask, method: number): Picture {
  const { width, height } = picture;
  const source = new cv.Mat(height, width, cv.CV_8UC3);
  const mask = new cv.Mat(height, width, cv.CV_8UC1);
  const result = new cv.Mat();
  try {
    const pixels = source.data;
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) pixels[3 * i + c] = picture.data[4 * i + c]!;
    }
    mask.data.set(hole.data.map((value) => (value > 0 ? 255 : 0)));
    cv.inpaint(source, mask, result, RADIUS, method);
    const filled = picture.data.slice();
    const found = result.data;
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3 && hole.data[i]! > 0; c++) filled[4 * i + c] = found[3 * i + c]!;
    }
    return { width, height, data: filled };
  } finally {
    for (const matrix of [source, mask, result]) matrix.delete();
  }
}
