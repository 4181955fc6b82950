import type { ObjectApi } from '../../../core/contract/objectApi.ts';
import { refineObject, selectObject } from '../../../core/selection/object/selectObject.ts';
import type { Handlers } from '../handler.ts';

/** Finding objects; it needs no package. */
export function objectMethods(): Pick<Handlers, keyof ObjectApi> {
  return {
    'object.select': ({ width, height, picture, strokes, before }) => {
      const seen = { width, height, data: picture };
      const { data } = selectObject(seen, strokes, before && { width, height, data: before });
      return Promise.resolve({ mask: data });
    },
    'object.refine': ({ width, height, picture, coarse }) => {
      const { mask, ...size } = coarse;
      const { data } = refineObject({ width, height, data: picture }, { ...size, data: mask });
      return Promise.resolve({ mask: data });
    },
  };
}
