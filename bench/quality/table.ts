import { jsonReport, type Row } from '../report.ts';

/** A heading, rows that share their columns, and what a reader has to know beside them. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly note?: string;
}

/** Sections as a Markdown page. */
export function markdown(title: string, intro: string, sections: readonly Section[]): string {
  const parts = sections.map((section) =>
    [`## ${section.title}`, ...(section.note === undefined ? [] : [section.note]), table(section.rows)].join(
      '\n\n',
    ),
  );
  return `${[`# ${title}`, intro, ...parts].join('\n\n')}\n`;
}

function table(rows: readonly Row[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(heads),
    line(heads.map(() => '---')),
    ...rows.map((row) => line(heads.map((head) => row[head] ?? ''))),
  ].join('\n');
}

/** Sections as the benches' JSON: each row says which section it is of. */
export function sectionsJson(bench: string, sections: readonly Section[], note: string): string {
  return jsonReport(
    bench,
    sections.flatMap(({ title, rows }) => rows.map((row) => ({ section: title, ...row }))),
    note,
  );
}
