import type { z } from 'zod';
import { packStrings } from '../../../../shared/data/string-table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { dataChoiceSchema } from '../../../../shared/stages/adaptation/data-choice.ts';
import type { Scenario, ScenarioData } from '../../../../shared/stages/adaptation/results.ts';
import type { Corrections } from '../../../../shared/stages/service/results.ts';
import { asStrings } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ComputeClient, ComputeOptions } from '../../jobs/compute-client.ts';
import type { ProjectStore } from '../../project-store.ts';
import { labelledTexts } from '../competitiveness/labels.ts';
import { inputArtifact } from '../competitiveness/project-model.ts';
import { splitRowsOf } from '../competitiveness/split.ts';
import { datasetNumber } from '../demand/columns.ts';
import { columnLabels } from '../demand/label-values.ts';

interface Asked {
  /** Of the scenario: its id, and its name for people. */
  readonly id: string;
  readonly name: string;
  readonly data: Scenario['data'];
  /** What people have set right, for data that take it. */
  readonly corrections: Corrections['corrections'];
  readonly choice: z.output<typeof dataChoiceSchema>;
  readonly seed: number;
}

export interface TakenRows {
  readonly result: ScenarioData;
  /** Row of the file and class of each row of the scenario, and its `PART` code. */
  readonly row: Int32Array;
  readonly label: Int32Array;
  readonly part: Uint8Array;
  /** Cleaned texts of the rows. */
  readonly texts: readonly string[];
}

/** The rows of a cleaned dataset that a scenario takes, split into train, dev and test; nothing is kept.
 *  @throws AppError 'adaptation.no-rows', 'adaptation.no-test-rows', 'import.column-missing', 'stats.too-few' */
export async function takeRows(
  store: ProjectStore,
  compute: ComputeClient,
  clean: ArtifactRecord,
  { id, name, data, corrections, choice, seed }: Asked,
  options: ComputeOptions<never> = {},
): Promise<TakenRows> {
  const { datasetId, filter, corrected } = data;
  const status = store.part(clean, 'status');
  const texts = asStrings(store.part(clean, 'textBytes'), store.part(clean, 'textOffsets'));
  const labels = rowLabels(store, clean, data, corrections);
  const filtered = filter === null ? null : columnLabels(store, clean, filter.columnId);
  const rows: number[] = [];
  let filteredOut = 0;
  let unlabelled = 0;
  texts.forEach((text, row) => {
    if (status[row] !== 0 || text === '') return;
    const value = filtered?.[row] ?? null;
    if (filter !== null && (value === null || !filter.values.includes(value))) filteredOut += 1;
    else if (labels[row] === null || labels[row] === undefined) unlabelled += 1;
    else rows.push(row);
  });
  if (rows.length === 0) throw new AppError('adaptation.no-rows', { scenario: name });
  const classes = [...new Set(rows.map((row) => labels[row]!))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const seen = seenRows(store, datasetNumber(datasetId));
  const { part, result } = await compute.run(
    'adaptation.data',
    {
      scenarioId: id,
      scenarioName: name,
      datasetId,
      classes,
      labels: Int32Array.from(rows, (row) => classes.indexOf(labels[row]!)),
      texts: packStrings(rows.map((row) => texts[row]!)),
      seenPart: Uint8Array.from(rows, (row) => seen.partOfRow.get(row) ?? 0),
      seenTexts: packStrings(seen.texts),
      seenTextParts: seen.parts,
      filteredOut,
      unlabelled,
      ...choice,
      by: corrected === undefined ? 'draw' : 'text',
      seed,
    },
    options,
  );
  const without = (corrected?.classes ?? []).filter((label) => !classes.includes(label));
  return {
    result: {
      ...result,
      classes: [...result.classes, ...without.map((label) => ({ label, rows: 0, train: 0, dev: 0, test: 0 }))],
    },
    row: Int32Array.from(rows),
    label: Int32Array.from(rows, (row) => classes.indexOf(labels[row]!)),
    part,
    texts: rows.map((row) => texts[row]!),
  };
}

/** Class of each row of a scenario's dataset [rows of the file], null where it has none. @throws AppError 'import.column-missing' */
export function rowLabels(
  store: ProjectStore,
  clean: ArtifactRecord,
  { labelColumn, corrected }: Scenario['data'],
  corrections: Corrections['corrections'],
): readonly (string | null)[] {
  const ofColumn = labelColumn === '' && corrected !== undefined ? null : columnLabels(store, clean, labelColumn);
  if (corrected === undefined) return ofColumn ?? [];
  const right = new Map(corrections.map(({ identity, label }) => [identity, label]));
  const identities = asStrings(store.part(clean, 'identityBytes'), store.part(clean, 'identityOffsets'));
  return identities.map((identity, row) => right.get(identity) ?? ofColumn?.[row] ?? null);
}

/** Rows that models of stage 2 learn from, are chosen by or are tested on: by row of this dataset, and by text. */
function seenRows(store: ProjectStore, dataset: number) {
  const split = store.current('competitiveness.split');
  const partOfRow = new Map<number, number>();
  if (split === undefined) return { partOfRow, texts: [], parts: new Uint8Array() };
  const { rows, part } = splitRowsOf(store, inputArtifact(store, split, 'competitiveness.labels'), split);
  part.forEach((code, at) => {
    if (rows.dataset[at] === dataset) partOfRow.set(rows.row[at]!, code);
  });
  return { partOfRow, texts: labelledTexts(store, rows), parts: part };
}
