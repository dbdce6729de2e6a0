import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { EvidenceRef, EvidenceRow } from '../../../shared/contract/evidence.ts';
import type { ExportedFiles } from '../../../shared/contract/export.ts';
import { CSV_START, csvLine } from '../../../shared/data/csv.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { noteText } from '../../../shared/i18n/note-text.ts';
import type { Language, Translate } from '../../../shared/i18n/translate.ts';
import type { EngineContext } from '../context.ts';
import { readEvidence } from '../project/evidence.ts';
import { sectionInput } from './document.ts';
import { exportsFolder, writeWhole } from './files.ts';
import { reportSections } from './sections.ts';

const TABLES_FOLDER = 'tables';
/** Rows that are written before other requests are let in. */
const ROWS_AT_A_TIME = 100;
const LONGEST_NAME = 80;

/** Writes every table of a step as a CSV file beside the project, in place of those of an earlier export. @throws AppError 'export.empty' */
export async function exportTables(
  context: EngineContext,
  sectionId: string,
  language: Language,
): Promise<ExportedFiles> {
  const section = reportSections(context.store, context.stale()).find(({ id }) => id === sectionId);
  if (section === undefined) throw new AppError('export.empty', {});
  const { buildReport } = await import('../../../shared/report/build-report.ts');
  const { tableCsv } = await import('../../../shared/report/table-csv.ts');
  const t = await translate(language);
  const model = buildReport(sectionInput(context, section, language), t);
  const tables = model.stages
    .flatMap(({ sections }) => sections.flatMap(({ blocks }) => blocks))
    .filter((block) => block.type === 'table');
  if (tables.length === 0) throw new AppError('export.empty', {});
  const folder = tablesFolder(context.path);
  const stem = `${sectionId}-${language}`;
  for (const name of existing(folder)) {
    if (name.startsWith(`${stem}-`) && name.endsWith('.csv')) rmSync(join(folder, name));
  }
  const files: ExportedFiles['files'] = [];
  for (const [index, table] of tables.entries()) {
    const path = join(folder, `${stem}-${index + 1}.csv`);
    const { bytes } = await writeWhole(path, (partial) => writeFileSync(partial, tableCsv(table, t)));
    files.push({ name: basename(path), title: table.caption, rows: table.rows.length, bytes });
  }
  return { folder, files };
}

/** Writes the rows behind a number as one CSV file beside the project: any count of them, other requests let in between. @throws AppError 'export.empty' */
export async function exportRows(
  context: EngineContext,
  ref: EvidenceRef,
  title: string,
  language: Language,
): Promise<ExportedFiles> {
  const evidence = readEvidence(context, ref);
  if (evidence.total === 0) throw new AppError('export.empty', {});
  const t = await translate(language);
  const folder = tablesFolder(context.path);
  const path = join(folder, `${fileStem(ref)}.csv`);
  const { bytes } = await writeWhole(path, async (partial) => {
    mkdirSync(folder, { recursive: true });
    const file = openSync(partial, 'w');
    try {
      const columns = evidence.columns();
      const several = new Set(columns.map(({ datasetId }) => datasetId)).size > 1;
      const names = columns.map(({ datasetName, name }) => (several ? `${datasetName} · ${name}` : name));
      const fixed = [t('export.dataset'), t('evidence.row'), t('export.cleaned'), t('evidence.notes')];
      writeSync(file, CSV_START + csvLine([...fixed, ...names]));
      for (let offset = 0; offset < evidence.total; offset += ROWS_AT_A_TIME) {
        const rows = evidence.page(offset, ROWS_AT_A_TIME);
        writeSync(file, rows.map((row) => csvLine(cellsOf(row, columns, t))).join(''));
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      closeSync(file);
    }
  });
  return { folder, files: [{ name: basename(path), title, rows: evidence.total, bytes }] };
}

interface NamedColumn {
  readonly datasetId: string;
  readonly columnId: string;
}

function cellsOf(row: EvidenceRow, columns: readonly NamedColumn[], t: Translate): (string | number | null)[] {
  const values = new Map(row.cells.map(({ columnId, value }) => [columnId, value]));
  return [
    row.datasetName,
    row.row + 1,
    row.text,
    row.notes.map((note) => noteText(t, note)).join(t('list.separator')),
    ...columns.map(({ datasetId, columnId }) => (datasetId === row.datasetId ? (values.get(columnId) ?? null) : null)),
  ];
}

function tablesFolder(projectPath: string): string {
  return join(exportsFolder(projectPath), TABLES_FOLDER);
}

function existing(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A name from what is asked for, so that asking again replaces the file: only letters, digits and hyphens of it. */
function fileStem(ref: EvidenceRef): string {
  const { type, ...rest } = ref;
  const words = Object.values(rest).flat().map(String);
  return ['rows', type, ...words]
    .map((word) => word.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, ''))
    .filter(Boolean)
    .join('-')
    .slice(0, LONGEST_NAME);
}

async function translate(language: Language): Promise<Translate> {
  const { createTranslate } = await import('../../../shared/i18n/translate.ts');
  return createTranslate(language);
}
