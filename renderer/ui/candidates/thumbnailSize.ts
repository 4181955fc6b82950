/** Of the candidates' thumbnails, CSS px. */
export const THUMBNAIL = { width: 128, height: 96 } as const;
