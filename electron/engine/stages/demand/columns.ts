import { AppError } from '../../../../shared/errors/app-error.ts';
import {
  type DatasetResult,
  DEMAND_DATASET_KINDS,
  datasetResultSchema,
} from '../../../../shared/stages/demand/contract.ts';
import type { ColumnRole, Role } from '../../../../shared/stages/demand/import/column-role.ts';
import type { SlotReader } from '../../artifacts/kind.ts';
import { rolesParamsSchema } from './roles.ts';

/** Number of a dataset in the row table: 3 for `d3`. */
export function datasetNumber(datasetId: string): number {
  return Number(datasetId.slice(1));
}

/** @throws AppError 'artifact.not-found' */
export function datasetResult(slots: SlotReader, datasetId: string): DatasetResult {
  const artifact = slots.current(`demand.dataset:${datasetId}`);
  if (artifact === undefined) throw new AppError('artifact.not-found', { id: datasetId });
  return datasetResultSchema.parse(artifact.result);
}

export function datasetName(slots: SlotReader, datasetId: string): string {
  return datasetResult(slots, datasetId).name;
}

/** Columns with their roles as they stand: the analyst's where there are any, else those of the import. */
export function datasetColumns(slots: SlotReader, datasetId: string): readonly ColumnRole[] {
  const roles = slots.current(`demand.roles:${datasetId}`);
  return roles === undefined ? datasetResult(slots, datasetId).columns : rolesParamsSchema.parse(roles.params).columns;
}

export function allDatasetIds(slots: SlotReader): readonly string[] {
  return slots.slotsOf('demand.dataset').map((slot) => slot.slice('demand.dataset:'.length));
}

/** Datasets that are D: what customers said from the start, and what was adopted since. */
export function demandDatasetIds(slots: SlotReader): readonly string[] {
  return allDatasetIds(slots).filter((id) => {
    const { kind } = datasetResult(slots, id);
    return DEMAND_DATASET_KINDS.some((own) => own === kind) || slots.current(`demand.adoption:${id}`) !== undefined;
  });
}

export function hasRole(slots: SlotReader, datasetId: string, role: Role): boolean {
  return datasetColumns(slots, datasetId).some((column) => column.role === role);
}
