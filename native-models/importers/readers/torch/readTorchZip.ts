import { broken, type ByteFile, shown } from '../byteFile.ts';
import type { Contents } from '../fileCheckpoint.ts';
import { aboutFile } from '../pickle/pickleBytes.ts';
import { unpickle } from '../pickle/unpickle.ts';
import { locateEntry, readZipEntries, type ZipEntry } from '../zipEntries.ts';
import { SAVE_WEIGHTS, tensorsIn } from './tensorsIn.ts';
import { LARGEST_PICKLE, torchContents } from './torchContents.ts';
import { torchWorld } from './torchWorld.ts';

/**
 * The layout of PyTorch 1.6 and newer (`torch/serialization.py`, `_save`): a zip archive of `ROOT/data.pkl` and one entry
 * `ROOT/data/KEY` for each storage.
 *
 * @throws TesseraError 'input' if the file is broken, holds a program (TorchScript) or no weights
 */
export async function readTorchZip(file: ByteFile): Promise<Contents> {
  const entries = await readZipEntries(file);
  const root = rootOf(entries, file);
  if (entries.has(`${root}constants.pkl`))
    throw broken(file.path, 'it is a TorchScript program instead of its weights alone', SAVE_WEIGHTS);
  for (const { name, compressed } of entries.values()) {
    if (compressed)
      throw broken(file.path, `its entry ${shown(name)} is compressed, which PyTorch never does`);
  }
  const pickle = entries.get(`${root}data.pkl`)!;
  if (pickle.size > LARGEST_PICKLE) throw broken(file.path, 'its list of tensors is far too large');
  const bytes = await file.read(await locateEntry(file, pickle), pickle.size);
  const refuse = (why: string) => broken(file.path, why);
  const tree = aboutFile(refuse, () => tensorsIn(unpickle(bytes, 0, torchWorld).value, file.path));
  const little = await isLittleEndian(file, entries.get(`${root}byteorder`));
  return torchContents(file, tree, little, (key) => {
    const entry = entries.get(`${root}data/${key}`);
    return entry && { bytes: entry.size, start: () => locateEntry(file, entry) };
  });
}

/** The folder inside the archive, with its slash; its name is free. */
function rootOf(entries: ReadonlyMap<string, ZipEntry>, file: ByteFile): string {
  const pickles = [...entries.keys()].filter((name) => /^[^/]*\/data\.pkl$/.test(name));
  if (pickles.length !== 1)
    throw broken(
      file.path,
      'it is a zip archive, but not one that PyTorch wrote',
      'Unpack it and choose what is in it.',
    );
  return pickles[0]!.slice(0, -'data.pkl'.length);
}

async function isLittleEndian(file: ByteFile, entry: ZipEntry | undefined): Promise<boolean> {
  if (!entry) return true;
  if (entry.size > 16) throw broken(file.path, 'its byte order is unknown');
  const text = new TextDecoder().decode(await file.read(await locateEntry(file, entry), entry.size)).trim();
  if (text !== 'little' && text !== 'big') throw broken(file.path, 'its byte order is unknown');
  return text === 'little';
}
