import { broken, type ByteFile } from '../byteFile.ts';
import { ELEMENT_BYTES } from '../dtypes.ts';
import type { Contents } from '../fileCheckpoint.ts';
import { aboutFile, PickleProblem } from '../pickle/pickleBytes.ts';
import { unpickle } from '../pickle/unpickle.ts';
import { tensorsIn } from './tensorsIn.ts';
import { LARGEST_PICKLE, type StoragePlace, torchContents } from './torchContents.ts';
import { PickledTensor, torchWorld } from './torchWorld.ts';

/** How a file of the layout begins: a pickle of this one number. */
export const LEGACY_MAGIC = Uint8Array.of(
  ...[0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19],
);
const VERSION = 1001;

/**
 * The layout from before PyTorch 1.6 (`torch/serialization.py`, `_legacy_save`): pickles of a magic number, a version,
 * facts of the machine, the object and the sorted keys of its storages; then each storage as its count and its bytes.
 *
 * @throws TesseraError 'input' if the file is broken or holds no weights
 */
export async function readTorchLegacy(file: ByteFile): Promise<Contents> {
  const bytes = await file.read(0, Math.min(file.size, LARGEST_PICKLE));
  const sizes = new Map<string, number>(); // bytes of an element by the key of the storage
  const world = {
    ...torchWorld,
    construct: (name: string, args: readonly unknown[]): unknown => {
      const value = torchWorld.construct(name, args);
      if (value instanceof PickledTensor && value.storage.dtype)
        sizes.set(value.storage.key, ELEMENT_BYTES[value.storage.dtype]);
      return value;
    },
  };
  const refuse = (why: string) => broken(file.path, why);
  const { root, keys, little, end } = aboutFile(refuse, () => pickles(bytes, world));
  const places = await readPlaces(file, keys, sizes, end, little);
  return torchContents(file, tensorsIn(root, file.path), little, (key) => places.get(key));
}

function pickles(bytes: Uint8Array, world: typeof torchWorld) {
  const magic = unpickle(bytes, 0, torchWorld);
  const version = unpickle(bytes, magic.end, torchWorld);
  if (version.value !== VERSION) throw new PickleProblem('it has a version that is unknown');
  const machine = unpickle(bytes, version.end, torchWorld);
  const object = unpickle(bytes, machine.end, world);
  const list = unpickle(bytes, object.end, torchWorld);
  if (!Array.isArray(list.value)) throw new PickleProblem('its list of data is damaged');
  const little = !(machine.value instanceof Map && machine.value.get('little_endian') === false);
  return { root: object.value, keys: list.value.map(String), little, end: list.end };
}

async function readPlaces(
  file: ByteFile,
  keys: readonly string[],
  sizes: ReadonlyMap<string, number>,
  end: number,
  little: boolean,
): Promise<Map<string, StoragePlace>> {
  const places = new Map<string, StoragePlace>();
  let at = end;
  for (const key of keys) {
    if (places.has(key)) throw broken(file.path, 'it holds the same data twice');
    const size = sizes.get(key);
    // The count says nothing of bytes; without a tensor that we know, what follows cannot be found.
    if (size === undefined) throw broken(file.path, 'it holds data of an unknown kind');
    const count = new DataView((await file.read(at, 8)).buffer).getBigInt64(0, little);
    if (count < 0n || count * BigInt(size) > BigInt(file.size - at - 8))
      throw broken(file.path, 'it ends too early');
    const start = at + 8;
    const bytes = Number(count) * size;
    places.set(key, { bytes, start: () => Promise.resolve(start) });
    at = start + bytes;
  }
  return places;
}
