import { z } from 'zod';
import type { EvidenceRef } from '../../../../shared/contract/evidence.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { experimentResultSchema } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import {
  ROW_OF_TWO_ARMS,
  ROW_WITHOUT_ARM,
  ROW_WITHOUT_UNIT,
  UNIT_MISSING,
  UNIT_UNUSABLE,
} from '../../../../shared/stages/competitiveness/experiment/unit-values.ts';
import { usabilityResultSchema } from '../../../../shared/stages/competitiveness/usability/results.ts';
import { asFloat64, asInt32 } from '../../artifacts/parts.ts';
import type { EngineContext } from '../../context.ts';
import { listSelection, type SelectedRow, type Selection } from '../../project/evidence.ts';
import { datasetNumber } from '../demand/columns.ts';
import { required } from './predictions.ts';

const LEFT_OUT = { 'no-arm': ROW_WITHOUT_ARM, 'no-unit': ROW_WITHOUT_UNIT, 'two-arms': ROW_OF_TWO_ARMS } as const;

/** Rows of an experiment. Where units have several rows, these are all rows of the units counted. */
export function experimentSelection(
  { store }: EngineContext,
  ref: Extract<EvidenceRef, { type: 'experiment' }>,
): Selection {
  const artifact = required(store, `competitiveness.experiment:${ref.experimentId}`);
  const result = experimentResultSchema.parse(artifact.result);
  if (result.datasetId === null) return listSelection([]);
  const dataset = datasetNumber(result.datasetId);
  const rowArm = asInt32(store.part(artifact, 'rowArm'));
  const rows = (isIn: (row: number) => boolean) => {
    const found: SelectedRow[] = [];
    rowArm.forEach((_, row) => {
      if (isIn(row)) found.push({ dataset, row, notes: [] });
    });
    return listSelection(found);
  };
  if (ref.rows === 'no-arm' || ref.rows === 'no-unit' || ref.rows === 'two-arms') {
    const reason = LEFT_OUT[ref.rows];
    return rows((row) => rowArm[row] === reason);
  }
  const arms = ref.arms.map((name) => {
    const index = result.arms.findIndex((one) => one.arm === name);
    if (index < 0) throw new AppError('artifact.not-found', { id: name });
    return index;
  });
  const isOfArm = (row: number) => (arms.length === 0 ? rowArm[row]! >= 0 : arms.includes(rowArm[row]!));
  if (ref.rows === 'all' || ref.metricId === null) return rows(isOfArm);
  if (!result.metrics.some(({ id }) => id === ref.metricId))
    throw new AppError('artifact.not-found', { id: ref.metricId });
  const rowUnit = asInt32(store.part(artifact, 'rowUnit'));
  const value = asFloat64(store.part(artifact, `value.${ref.metricId}`));
  const state = store.part(artifact, `state.${ref.metricId}`);
  const isWanted = (unit: number) => {
    switch (ref.rows) {
      case 'success':
        return value[unit] === 1;
      case 'failure':
        return value[unit] === 0;
      case 'missing':
        return state[unit] === UNIT_MISSING;
      case 'unusable':
        return state[unit] === UNIT_UNUSABLE;
      default:
        return !Number.isNaN(value[unit]);
    }
  };
  return rows((row) => isOfArm(row) && isWanted(rowUnit[row]!));
}

const groupsSchema = z.array(z.string());

/** Answers to a usability questionnaire, with or without a score. */
export function usabilitySelection(
  { store }: EngineContext,
  { usabilityId, groups: wanted, rows }: Extract<EvidenceRef, { type: 'usability' }>,
): Selection {
  const artifact = required(store, `competitiveness.usability:${usabilityId}`);
  const { datasetId } = usabilityResultSchema.parse(artifact.result);
  const groups = groupsSchema.parse(JSON.parse(Buffer.from(store.part(artifact, 'group')).toString('utf8')));
  const found: SelectedRow[] = [];
  asFloat64(store.part(artifact, 'scores')).forEach((score, row) => {
    if (Number.isNaN(score) !== (rows === 'excluded') || (wanted.length > 0 && !wanted.includes(groups[row]!))) return;
    const notes = Number.isNaN(score) ? [] : [{ id: 'score', value: String(score) }];
    found.push({ dataset: datasetNumber(datasetId), row, notes });
  });
  return listSelection(found);
}
