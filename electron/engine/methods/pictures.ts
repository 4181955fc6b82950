import type { Codec } from '../codec/codec.ts';
import type { Handlers } from '../handler.ts';
import type { Host } from '../host.ts';

type PictureMethod = 'picture.read' | 'picture.write' | 'mask.read' | 'mask.write';

/** Pictures and masks, in and out of files: the codec does it, by the paths that were granted. */
export function pictureMethods(host: Host, codec: Codec): Pick<Handlers, PictureMethod> {
  return {
    'picture.read': async (params, call) =>
      codec.run(
        'picture.read',
        'file' in params
          ? {
              path: await host.pathOf(params.file, 'read', 'picture', 'mask'),
              partial: params.partial ?? false,
            }
          : params,
        call,
      ),
    'picture.write': async ({ file, tiles, selection, ...rest }, call) => {
      const path = file === null ? null : await host.pathOf(file, 'write', 'picture');
      const lists = { tiles: [...tiles], selection: selection ? [...selection] : null };
      return codec.run('picture.write', { ...rest, ...lists, path }, call);
    },
    'mask.read': async ({ file, ...rest }, call) =>
      codec.run('mask.read', { ...rest, path: await host.pathOf(file, 'read', 'mask') }, call),
    'mask.write': async ({ file, canvas, tiles }, call) =>
      codec.run('mask.write', { canvas, tiles, path: await host.pathOf(file, 'write', 'mask') }, call),
  };
}
