import type { EvidenceRef } from '../../../../shared/contract/evidence.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { testsResultSchema } from '../../../../shared/stages/adaptation/results.ts';
import { PART } from '../../../../shared/stages/competitiveness/split.ts';
import { asFloat32, asInt32, stringAt } from '../../artifacts/parts.ts';
import type { EngineContext } from '../../context.ts';
import { listSelection, type SelectedRow, type Selection } from '../../project/evidence.ts';
import { required } from '../competitiveness/predictions.ts';
import { inputArtifact } from '../competitiveness/project-model.ts';
import { dataSlot, scenarioRows } from './data.ts';
import { testsSlot } from './tests.ts';

type Of<T extends EvidenceRef['type']> = Extract<EvidenceRef, { type: T }>;

/** Test rows behind one test of a suite, with what the model answered, and, where the text was changed, what it answered then. */
export function scenarioTestSelection({ store }: EngineContext, ref: Of<'scenarioTest'>): Selection {
  const artifact = required(store, testsSlot(ref.scenarioId, ref.modelId));
  const wanted = testsResultSchema.parse(artifact.result).tests.findIndex(({ id }) => id === ref.testId);
  if (wanted < 0) throw new AppError('artifact.not-found', { id: ref.testId });
  const data = scenarioRows(store, inputArtifact(store, artifact, dataSlot(ref.scenarioId)));
  const labelOf = (index: number) => data.result.classes[index]?.label ?? '';
  const ints = (name: string) => asInt32(store.part(artifact, name));
  const row = ints('evidenceRow');
  const actual = ints('evidenceActual');
  const predicted = ints('evidencePredicted');
  const after = ints('evidenceAfter');
  const failed = store.part(artifact, 'evidenceFailed');
  const confidence = asFloat32(store.part(artifact, 'evidenceConfidence'));
  const textBytes = store.part(artifact, 'evidenceTextBytes');
  const textOffsets = store.part(artifact, 'evidenceTextOffsets');
  const found: SelectedRow[] = [];
  ints('evidenceTest').forEach((test, at) => {
    if (test !== wanted) return;
    if (ref.outcome !== 'all' && (failed[at] === 1) !== (ref.outcome === 'failed')) return;
    const changed = stringAt(textBytes, textOffsets, at);
    found.push({
      dataset: data.dataset,
      row: row[at]!,
      notes: [
        { id: 'actual', value: labelOf(actual[at]!) },
        { id: 'predicted', value: labelOf(predicted[at]!) },
        { id: 'confidence', value: confidence[at]!.toFixed(2) },
        ...(changed === ''
          ? []
          : [
              { id: 'changedText', value: changed },
              { id: 'predictedAfter', value: labelOf(after[at]!) },
            ]),
      ],
    });
  });
  return listSelection(found);
}

/** Rows of a scenario, of one class or all, in one part or all. */
export function scenarioDataSelection({ store }: EngineContext, ref: Of<'scenarioData'>): Selection {
  const data = scenarioRows(store, required(store, dataSlot(ref.scenarioId)));
  const wanted = data.result.classes.findIndex(({ label }) => label === ref.label);
  if (wanted < 0 && ref.label !== null) throw new AppError('artifact.not-found', { id: ref.label });
  const found: SelectedRow[] = [];
  data.row.forEach((row, at) => {
    if (ref.label !== null && data.label[at] !== wanted) return;
    if (ref.part !== 'all' && data.part[at] !== PART[ref.part]) return;
    found.push({
      dataset: data.dataset,
      row,
      notes: [{ id: 'actual', value: data.result.classes[data.label[at]!]!.label }],
    });
  });
  return listSelection(found);
}
