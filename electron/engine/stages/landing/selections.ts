import type { EvidenceRef } from '../../../../shared/contract/evidence.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type PilotUnit, readPilotUnits } from '../../../../shared/stages/landing/pilot/read-units.ts';
import { pilotPlanResultSchema, pilotResultSchema } from '../../../../shared/stages/landing/pilot/results.ts';
import type { EngineContext } from '../../context.ts';
import { listSelection, type Selection } from '../../project/evidence.ts';
import { required } from '../competitiveness/predictions.ts';
import { inputArtifact } from '../competitiveness/project-model.ts';
import { datasetNumber } from '../demand/columns.ts';
import { pilotRows } from './pilot-rows.ts';

type PilotRef = Extract<EvidenceRef, { type: 'pilot' }>;

/** Rows of the pilot as it was evaluated: of an arm and period, all or by their value in a measure; or rows that were left out. */
export function pilotSelection({ store }: EngineContext, ref: PilotRef): Selection {
  const artifact = required(store, 'landing.pilot');
  const { columns, datasetId, metric } = pilotResultSchema.parse(artifact.result);
  const { settings } = pilotPlanResultSchema.parse(inputArtifact(store, artifact, 'landing.pilotPlan').result);
  const typeOf = (id: string) => settings.guardrails.find((guardrail) => guardrail.id === id)?.type ?? 'mean';
  const { units, leftOut } = readPilotUnits(pilotRows(store, datasetId), columns, {
    outcome: metric.type,
    guardrails: columns.guardrails.map(({ guardrailId }) => typeOf(guardrailId)),
  });
  const dataset = datasetNumber(datasetId);
  if (ref.rows === 'outside-design' || ref.rows === 'repeated' || ref.rows === 'in-both-arms') {
    return listSelection(
      leftOut.filter(({ reason }) => reason === ref.rows).map(({ row }) => ({ dataset, row, notes: [] })),
    );
  }
  const place = columns.guardrails.findIndex(({ guardrailId }) => guardrailId === ref.measure);
  if (ref.measure !== 'outcome' && place < 0) throw new AppError('artifact.not-found', { id: ref.measure });
  const measured = (unit: PilotUnit) => (place < 0 ? unit.outcome : (unit.guardrails[place] ?? null));
  const isWanted = (value: number | null) => {
    switch (ref.rows) {
      case 'measured':
        return value !== null;
      case 'missing':
        return value === null;
      case 'success':
        return value === 1;
      case 'failure':
        return value === 0;
      default:
        return true;
    }
  };
  return listSelection(
    units
      .filter(
        (unit) =>
          (ref.arm === null || unit.arm === ref.arm) &&
          (ref.period === null || unit.period === ref.period) &&
          (ref.segment === null || unit.segment === ref.segment) &&
          isWanted(measured(unit)),
      )
      .map(({ row }) => ({ dataset, row, notes: [] })),
  );
}
