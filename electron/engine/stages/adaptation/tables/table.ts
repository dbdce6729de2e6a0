import type { TableInput } from '../../../../../shared/stages/adaptation/tables/prepare-table.ts';
import {
  type TableResult,
  type TableSetup,
  tableResultSchema,
  tableSetupSchema,
} from '../../../../../shared/stages/adaptation/tables/results.ts';
import type { WorkerResults } from '../../../../../shared/worker/protocol.ts';
import { CHECKPOINT_EVERY_MS } from '../../../../../shared/worker/training.ts';
import { defineKind, type StepContext } from '../../../artifacts/kind.ts';
import { bytesOf } from '../../../artifacts/parts.ts';
import type { ProjectStore } from '../../../project-store.ts';
import { datasetColumns, datasetName } from '../../demand/columns.ts';
import { rawColumns } from '../../service/raw-columns.ts';

export const tableSlot = (id: string) => `adaptation.table:${id}`;

/** A small network for a table: sizes and rates that neither starve nor overfit on a few hundred to some ten thousand rows. */
const NETWORK = { hidden: 32, learningRate: 3e-3, weightDecay: 0.01, epochs: 100, patience: 10 } as const;
/** A hundredth of the rows at a time, within these bounds. */
const BATCH = { share: 0.01, least: 64, most: 512 } as const;
/** Share of the work that training networks is, for the progress. */
const NETWORK_SHARE = 0.5;

/** Models of a table with a binary outcome, measured on rows that they have not seen. Reads cells as imported. */
export const tableKind = defineKind({
  name: 'adaptation.table',
  stage: 'adaptation',
  lane: 'infer',
  revision: 1,
  params: tableSetupSchema,
  result: tableResultSchema,
  pausable: true,
  training: false,
  inputs: ({ datasetId }) => [`demand.dataset:${datasetId}`],
  defaultParams: () => null,
  async run(context) {
    const { params: setup, seed, store, input, compute, signal, pause, progress } = context;
    input(`demand.dataset:${setup.datasetId}`);
    const table = await tableInput(store, setup, seed, signal);
    const trained = setup.models.includes('mlp') ? await trainNetworks(context, table) : null;
    if (trained?.type === 'paused') return { type: 'paused' };
    const networks = trained?.networks.map(({ parameters }) => parameters) ?? null;
    const from = networks === null ? 0 : NETWORK_SHARE;
    const measured = await compute.run(
      'adaptation.measureTable',
      { ...table, networks },
      {
        // What is left is begun again after a pause.
        signal: AbortSignal.any([signal, pause]),
        onProgress: (p) => progress({ ...p, fraction: from + (1 - from) * p.fraction }),
      },
    );
    const { outcomeColumn: columnId, eventValue } = setup;
    const result: TableResult = {
      ...measured.result,
      datasetId: setup.datasetId,
      datasetName: datasetName(store, setup.datasetId),
      outcome: { columnId, name: table.outcomeName, eventValue },
    };
    const scores = setup.models.map((model, at) => [`score.${model}`, bytesOf(measured.scores[at]!)] as const);
    return {
      type: 'done',
      result,
      parts: {
        row: bytesOf(measured.row),
        event: measured.event,
        models: Buffer.from(measured.models),
        ...Object.fromEntries(scores),
      },
    };
  },
});

async function tableInput(
  store: ProjectStore,
  setup: TableSetup,
  seed: number,
  signal: AbortSignal,
): Promise<TableInput> {
  const names = new Map(datasetColumns(store, setup.datasetId).map(({ id, name }) => [id, name]));
  const read = setup.columns.filter(({ type }) => type !== 'ignore').map(({ columnId }) => columnId);
  const ids = [...new Set([setup.outcomeColumn, ...read, ...(setup.groupColumn === null ? [] : [setup.groupColumn])])];
  const cells = await rawColumns(store, setup.datasetId, ids, signal);
  return {
    setup,
    seed,
    outcomeName: names.get(setup.outcomeColumn) ?? setup.outcomeColumn,
    columns: ids.map((id) => ({ id, name: names.get(id) ?? id, cells: cells.get(id)! })),
  };
}

async function trainNetworks(
  { compute, worker, deps, seed, signal, pause, progress, spoolFolder }: StepContext<TableSetup>,
  table: TableInput,
): Promise<WorkerResults['trainTable']> {
  const { x, features, event, fits } = await compute.run('adaptation.prepareTable', table, { signal });
  return worker.run(
    {
      type: 'trainTable',
      x,
      features,
      event,
      fits: fits.map(({ train, dev, scaling }) => ({ train, dev, ...scaling })),
      ...NETWORK,
      batchSize: Math.min(BATCH.most, Math.max(BATCH.least, Math.round(BATCH.share * event.length))),
      seed,
      threads: deps.threads(),
      spool: spoolFolder,
      checkpointEveryMs: CHECKPOINT_EVERY_MS,
    },
    {
      signal,
      pause,
      onEvent(event) {
        if (event.type !== 'progress') return;
        const { done, total } = event;
        const fraction = (NETWORK_SHARE * done) / Math.max(1, total);
        progress({ fraction, phase: 'networks', done, total, unit: 'networks', rate: null, etaMs: null });
      },
    },
  );
}
