import { AppError } from '../../../../shared/errors/app-error.ts';
import { ticketAnalysisSchema } from '../../../../shared/stages/service/contract.ts';
import { ticketsResultSchema } from '../../../../shared/stages/service/results.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { datasetResult } from '../demand/columns.ts';
import { rawColumns } from './raw-columns.ts';

/** Times and targets of the tickets of a dataset. */
export const ticketsKind = defineKind({
  name: 'service.tickets',
  stage: 'service',
  lane: 'compute',
  revision: 1,
  params: ticketAnalysisSchema,
  result: ticketsResultSchema,
  pausable: false,
  training: false,
  inputs: (_params, _slots, key) => [`demand.dataset:${key}`],
  defaultParams: () => null,
  async run({ key, params, store, compute, signal, progress }) {
    const dataset = datasetResult(store, key);
    const used = [...new Set(Object.values(params.columns).filter((id) => id !== null))];
    const names = new Map(dataset.columns.map(({ id, name }) => [id, name]));
    const stranger = used.find((id) => !names.has(id));
    if (stranger !== undefined) throw new AppError('import.column-missing', { column: stranger });
    const columns = await rawColumns(store, key, used, signal);
    const cells = [...columns].map(([id, values]) => [id, { name: names.get(id) ?? id, values }] as const);
    const { result, measures, groups, unreadable } = await compute.run(
      'service.tickets',
      { ...params, datasetId: key, rows: dataset.rowCount, cells: Object.fromEntries(cells) },
      { signal, onProgress: progress },
    );
    const parts: Record<string, Uint8Array> = {};
    for (const { measure, minutes, done, target } of measures) {
      parts[`${measure}.minutes`] = bytesOf(minutes);
      parts[`${measure}.target`] = bytesOf(target);
      parts[`${measure}.done`] = done;
    }
    for (const { by, values } of groups) parts[`group.${by}`] = jsonBytes(values);
    parts.unreadable = jsonBytes(unreadable);
    return { type: 'done', result, parts };
  },
});

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
