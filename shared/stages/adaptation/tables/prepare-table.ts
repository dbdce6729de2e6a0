import { type StringTable, unpackStrings } from '../../../data/string-table.ts';
import { createRng } from '../../../rng.ts';
import { aloneArea, checkTable, firstAlike } from './check-table.ts';
import { type Design, designOf, featuresOf, type Scaling, scalingOf } from './design.ts';
import { eachItself, foldOfRows, repeatedStratifiedFolds, type TableSplit } from './folds.ts';
import { guessTableColumn } from './guess-columns.ts';
import type { TableNotice, TableSetup } from './results.ts';
import {
  type CategoryColumn,
  type NumberColumn,
  type RawColumn,
  readColumn,
  readTable,
  type TableData,
} from './table-data.ts';

export interface TableInput {
  readonly setup: TableSetup;
  readonly outcomeName: string;
  /** Cells of the outcome, of each column that is read and of the group column, as imported. */
  readonly columns: readonly { readonly id: string; readonly name: string; readonly cells: StringTable }[];
  readonly seed: number;
}

/** Rows that a model learns from, those of them that say when to stop, and the scaling of its features. */
export interface TableFit {
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly scaling: Scaling;
}

export interface PreparedTable {
  readonly table: TableData;
  /** The column whose groups are compared; null for none. */
  readonly group: NumberColumn | CategoryColumn | null;
  readonly design: Design;
  readonly splits: readonly TableSplit[];
  /** One per split, and one on all rows. */
  readonly fits: readonly TableFit[];
  readonly alone: readonly (number | null)[];
  readonly notices: readonly TableNotice[];
}

/** One training row in seven is held back to stop a network. */
const DEV_PARTS = 7;

/** Reads and checks a table and lays out its cross-validation; the same input gives the same. @throws AppError 'adaptation.outcome-too-few', 'adaptation.no-predictors' */
export function prepareTable({ setup, outcomeName, columns, seed }: TableInput): PreparedTable {
  const raw = columns.map(({ id, name, cells }) => ({ id, name, cells: unpackStrings(cells) }));
  const outcome = raw.find(({ id }) => id === setup.outcomeColumn)!;
  const { table, notices } = readTable({ ...outcome, name: outcomeName }, setup.eventValue, raw, setup.columns);
  const features = featuresOf(table);
  const design = designOf(features, table.columns, table.event.length);
  const rng = createRng(seed);
  const sameAs = firstAlike(table);
  const splits = repeatedStratifiedFolds(table.event, sameAs, setup.folds, setup.repeats, rng);
  const all = eachItself(table.event.length);
  const alone = table.columns.map((column) => aloneArea(column, table.event, createRng(seed)));
  const fits = [...splits.map(({ train }) => train), all].map((rows): TableFit => {
    const part = foldOfRows(
      Uint8Array.from(rows, (row) => table.event[row]!),
      eachItself(rows.length),
      DEV_PARTS,
      rng,
    );
    return {
      train: rows.filter((_, at) => part[at] !== 0),
      dev: rows.filter((_, at) => part[at] === 0),
      scaling: scalingOf(design, rows),
    };
  });
  return {
    table,
    group: groupColumn(raw, setup, table),
    design,
    splits,
    fits,
    alone,
    notices: [...notices, ...checkTable(table, features, alone, sameAs)],
  };
}

/** The group column on the rows of the table, read as the person chose or, where no model reads it, as it is best read. */
function groupColumn(
  raw: readonly RawColumn[],
  { groupColumn: id, columns }: TableSetup,
  { row }: TableData,
): NumberColumn | CategoryColumn | null {
  const column = raw.find((candidate) => candidate.id === id);
  if (column === undefined) return null;
  const chosen = columns.find(({ columnId }) => columnId === id)?.type ?? 'ignore';
  const type = chosen === 'ignore' ? guessTableColumn(column).type : chosen;
  return readColumn(
    column,
    Array.from(row, (at) => column.cells[at]!),
    type === 'number' ? 'number' : 'category',
  );
}
