import type { PictureToWrite } from '../../../core/contract/engineApi.ts';
import type { KeptMetadata } from '../../state/preferences.svelte.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { withActivity } from './activity.ts';
import { report } from '../report.ts';
import { tilesOf } from './tilesOf.ts';

/** What a person chooses when a picture is exported. */
export interface ExportSettings {
  readonly format: PictureToWrite['format'];
  readonly quality: number; // 1 .. 100
  readonly metadata: KeptMetadata;
  readonly selectionAsAlpha: boolean;
}

/** Asks where to, and writes the active document's picture. */
export async function exportPicture(editor: Editor, settings: ExportSettings): Promise<void> {
  const document = editor.active;
  if (!document) return;
  try {
    const name = exportName(document.name, settings.format);
    const file = await editor.main.call('files.save', { kind: settings.format, name });
    if (!file) return;
    const { canvas, picture, selection } = document.current;
    const isKept = settings.metadata !== 'none';
    const { dropped } = await withActivity(editor, `Exporting ${file.name}`, ({ signal }) =>
      editor.engine.call(
        'picture.write',
        {
          file: file.id,
          format: settings.format,
          quality: settings.quality,
          canvas,
          tiles: tilesOf(picture),
          ...(settings.selectionAsAlpha && { selection: tilesOf(selection) }),
          metadata: isKept ? document.metadata : {},
          ...(settings.metadata === 'no-location' && { location: false }),
          ...(isKept && document.record !== undefined && { record: document.record }),
        },
        { signal },
      ),
    );
    editor.notices.done([`Exported ${file.name}.`, ...dropped].join(' '), {
      label: 'Show in folder',
      run: () => void editor.main.call('files.reveal', { file: file.id }),
    });
  } catch (error) {
    report(editor, error);
  }
}

/** What an export is proposed to be called: never as the file that the document came from. */
export function exportName(name: string, format: ExportSettings['format']): string {
  const base = name.replace(/\.[^.]*$/, '');
  return `${base}${base === name ? '' : '-edited'}.${format === 'jpeg' ? 'jpg' : format}`;
}

/** The format that an export of a document begins with: as it is set, or its source's where that can be written. */
export function exportFormat(
  { format }: Pick<OpenDocument, 'format'>,
  { exportFormat: set }: Pick<Editor['preferences'], 'exportFormat'>,
): ExportSettings['format'] {
  if (set !== 'source') return set;
  if (format === 'heic') return 'jpeg'; // photographs of phones, which would be many times as large
  return format === 'jpeg' || format === 'webp' ? format : 'png';
}
