// The clipboard of current Electron (promises and ClipboardItem), made of the one that Electron 25 has.

const PNG = 'image/png';

/** @typedef {{ isEmpty(): boolean, toPNG(): Uint8Array<ArrayBuffer> }} OldImage */
/** @typedef {{ readImage(): OldImage, writeImage(image: OldImage): void }} OldClipboard */
/** @typedef {{ clipboard: object, nativeImage: { createFromBuffer(png: Buffer): object } }} Electron what is needed of it */

class ClipboardItem {
  #items;

  /** @param {Record<string, Blob>} items by their media types */
  constructor(items) {
    this.#items = items;
  }

  get types() {
    return Object.keys(this.#items);
  }

  /** @param {string} type @returns {Promise<Blob>} */
  getType(type) {
    const blob = this.#items[type];
    return blob ? Promise.resolve(blob) : Promise.reject(new TypeError(`The clipboard holds no ${type}.`));
  }
}

/** Adds `has`, `read`, `write` and `ClipboardItem`, for PNG pictures; text works as it is. @param {Electron} electron */
export function addClipboard(electron) {
  const old = /** @type {OldClipboard} */ (electron.clipboard);
  Object.assign(electron.clipboard, {
    has: (/** @type {string} */ type) => Promise.resolve(type === PNG && !old.readImage().isEmpty()),
    read: () => {
      const image = old.readImage();
      if (image.isEmpty()) return Promise.resolve([]);
      return Promise.resolve([new ClipboardItem({ [PNG]: new Blob([image.toPNG()], { type: PNG }) })]);
    },
    write: async (/** @type {ClipboardItem[]} */ [item]) => {
      const png = await item?.getType(PNG).then((blob) => blob.arrayBuffer());
      if (png)
        old.writeImage(/** @type {OldImage} */ (electron.nativeImage.createFromBuffer(Buffer.from(png))));
    },
  });
  Object.defineProperty(electron, 'ClipboardItem', { value: ClipboardItem });
}
