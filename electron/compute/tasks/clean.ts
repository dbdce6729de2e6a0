import { createHash } from 'node:crypto';
import { packStrings, type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import { applyRecipe } from '../../../shared/stages/demand/clean/apply-recipe.ts';
import { LANGUAGES } from '../../../shared/stages/demand/clean/language.ts';
import type { Recipe } from '../../../shared/stages/demand/clean/recipe.ts';
import type { CleanResult } from '../../../shared/stages/demand/contract.ts';
import type { ColumnRole } from '../../../shared/stages/demand/import/column-role.ts';
import type { ComputeTask } from '../task.ts';

/** Hexadecimal digits of a text's identity: 64 bits, enough to tell a few million texts apart. */
const IDENTITY_DIGITS = 16;

export interface CleanOutput {
  readonly result: CleanResult;
  readonly status: Uint8Array;
  readonly duplicateOf: Int32Array;
  readonly texts: StringTable;
  readonly identities: StringTable;
  readonly language: Uint8Array;
  /** [columns × rows], column after column. */
  readonly numbers: Float64Array;
  readonly categories: readonly { readonly id: string; readonly json: Uint8Array }[];
}

export const cleanTask: ComputeTask<
  {
    /** JSON of the cells of each row. */
    readonly rows: readonly StringTable[];
    readonly roles: readonly ColumnRole[];
    readonly recipe: Recipe;
  },
  CleanOutput
> = {
  run({ rows: tables, roles, recipe }) {
    const rows = tables.flatMap((table) => unpackStrings(table).map((cells) => JSON.parse(cells) as string[]));
    const cleaned = applyRecipe(rows, roles, recipe);
    const kept = (row: number) => cleaned.status[row] === 0;
    const numbers = new Float64Array(cleaned.numbers.length * rows.length);
    cleaned.numbers.forEach(({ values }, column) => {
      numbers.set(values, column * rows.length);
    });
    const identities = cleaned.texts.map((text) =>
      text === '' ? '' : createHash('sha256').update(text).digest('hex').slice(0, IDENTITY_DIGITS),
    );
    const encoder = new TextEncoder();
    return {
      result: {
        rowsIn: rows.length,
        rowsOut: cleaned.status.reduce((count, code) => count + (code === 0 ? 1 : 0), 0),
        textRows: cleaned.texts.reduce((count, text, row) => count + (kept(row) && text !== '' ? 1 : 0), 0),
        steps: cleaned.steps.map((step) => ({ ...step, examples: step.examples.map((example) => ({ ...example })) })),
        numberColumns: cleaned.numbers.map(({ id }) => id),
        categoryColumns: cleaned.categories.map(({ id }) => id),
        languages: LANGUAGES.map((language) => ({
          language,
          rows: cleaned.languages.reduce((count, found, row) => count + (kept(row) && found === language ? 1 : 0), 0),
        })).filter(({ rows: count }) => count > 0),
      },
      status: cleaned.status,
      duplicateOf: cleaned.duplicateOf,
      texts: packStrings(cleaned.texts),
      identities: packStrings(identities),
      language: Uint8Array.from(cleaned.languages, (language) => LANGUAGES.indexOf(language)),
      numbers,
      categories: cleaned.categories.map(({ id, values }) => ({ id, json: encoder.encode(JSON.stringify(values)) })),
    };
  },
};
