/** What files of pictures that can be opened are called: the usual name of each format comes first. */
export const PICTURE_EXTENSIONS: readonly string[] = [
  ...['jpg', 'jpeg', 'png', 'webp', 'avif', 'heic', 'heif', 'hif', 'tif', 'tiff', 'gif', 'bmp', 'dib'],
  ...['jxl', 'jp2', 'j2k', 'j2c', 'jpc', 'jpf', 'jpx', 'psd', 'psb'],
];

/** The formats, as people are told them. */
export const PICTURE_FORMATS = 'JPEG, PNG, WebP, AVIF, HEIC, TIFF, GIF, BMP, JPEG XL, JPEG 2000 or PSD';
