import type { StringTable } from '../../../shared/data/string-table.ts';
import { unpackStrings } from '../../../shared/data/string-table.ts';
import { createRng, shuffle } from '../../../shared/rng.ts';
import { standardise } from '../../../shared/stages/adaptation/tables/design.ts';
import { explainCase } from '../../../shared/stages/adaptation/tables/explain-case.ts';
import type { FittedModel } from '../../../shared/stages/adaptation/tables/fit-table.ts';
import { type ColumnGuess, guessTableColumn } from '../../../shared/stages/adaptation/tables/guess-columns.ts';
import { type MeasuredTable, measureTable } from '../../../shared/stages/adaptation/tables/measure-table.ts';
import {
  type PreparedTable,
  prepareTable,
  type TableFit,
  type TableInput,
} from '../../../shared/stages/adaptation/tables/prepare-table.ts';
import type { ScorecardScale } from '../../../shared/stages/adaptation/tables/results.ts';
import {
  readModels,
  type StoredModel,
  type StoredModels,
  writeModels,
} from '../../../shared/stages/adaptation/tables/stored-models.ts';
import { readCase } from '../../../shared/stages/adaptation/tables/table-data.ts';
import type { MlpParameters } from '../../../shared/train/mlp.ts';
import type { ComputeTask } from '../task.ts';

const MOST_TOP_VALUES = 12;
/** Rows that stand for the average case when a network is explained. */
const BACKGROUND_ROWS = 100;

export const guessTableTask: ComputeTask<
  { readonly columns: readonly { readonly name: string; readonly cells: StringTable }[] },
  (ColumnGuess & { readonly top: { readonly value: string; readonly rows: number }[] })[]
> = {
  run: ({ columns }) =>
    columns.map(({ name, cells: packed }) => {
      const cells = unpackStrings(packed);
      const counts = new Map<string, number>();
      for (const cell of cells) counts.set(cell.trim(), (counts.get(cell.trim()) ?? 0) + 1);
      counts.delete('');
      const top = [...counts].map(([value, rows]) => ({ value, rows })).sort((a, b) => b.rows - a.rows);
      return { ...guessTableColumn({ name, cells }), top: top.slice(0, MOST_TOP_VALUES) };
    }),
};

/** What the model process needs to train networks. */
export const prepareTableTask: ComputeTask<
  TableInput,
  {
    readonly x: Float32Array;
    readonly features: number;
    readonly event: Uint8Array;
    readonly fits: readonly TableFit[];
  }
> = {
  run(input) {
    const { design, table, fits } = prepareTable(input);
    return { x: design.x, features: design.features.length, event: table.event, fits };
  },
};

export const measureTableTask: ComputeTask<
  TableInput & { readonly networks: readonly MlpParameters[] | null },
  {
    readonly result: MeasuredTable['result'];
    /** Row of the file and outcome of each row, and per model its probability by models that had not seen it. */
    readonly row: Int32Array;
    readonly event: Uint8Array;
    readonly scores: readonly Float64Array[];
    readonly models: string;
  }
> = {
  run({ networks, ...input }, context) {
    const prepared = prepareTable(input);
    const { result, fitted, meanScores } = measureTable({
      setup: input.setup,
      prepared,
      networks,
      seed: input.seed,
      onProgress: (fraction, phase) =>
        context.progress({
          fraction,
          phase,
          done: Math.round(fraction * 100),
          total: 100,
          unit: 'percent',
          rate: null,
          etaMs: null,
        }),
    });
    return {
      result,
      row: prepared.table.row,
      event: prepared.table.event,
      scores: meanScores,
      models: writeModels(storedModels(prepared, fitted, input.setup.scale, input.seed)),
    };
  },
};

function storedModels(
  { table, design, fits }: PreparedTable,
  fitted: readonly FittedModel[],
  scale: ScorecardScale,
  seed: number,
): StoredModels {
  const { scaling } = fits.at(-1)!;
  const rows = shuffle(Int32Array.from(table.event.keys()), createRng(seed)).slice(0, BACKGROUND_ROWS);
  return {
    columns: table.columns.map((column) =>
      column.type === 'number'
        ? { type: column.type, id: column.id, name: column.name }
        : { type: column.type, id: column.id, name: column.name, levels: column.levels },
    ),
    features: design.features,
    scaling,
    rows: table.event.length,
    background: standardise(design.x, rows, scaling),
    models: fitted.map(({ final }) => storedModel(final, scale)),
  };
}

function storedModel(final: FittedModel['final'], scale: ScorecardScale): StoredModel {
  if (final.type !== 'scorecard') return final;
  const { binnings, used, model, mean } = final.card;
  return { type: 'scorecard', binnings, used, model, mean, scale };
}

export const explainCaseTask: ComputeTask<
  { readonly models: string; readonly model: StoredModel['type']; readonly cells: ReadonlyMap<string, string> },
  ReturnType<typeof explainCase> | null
> = {
  run({ models, model, cells }) {
    const stored = readModels(models);
    const wanted = stored.models.find(({ type }) => type === model);
    return wanted === undefined ? null : explainCase(stored, wanted, readCase(stored.columns, cells));
  },
};
