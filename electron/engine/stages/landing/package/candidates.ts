import { testsResultSchema } from '../../../../../shared/stages/adaptation/results.ts';
import type { PackageCandidate } from '../../../../../shared/stages/landing/package/results.ts';
import type { SlotReader } from '../../../artifacts/kind.ts';
import type { EngineContext } from '../../../context.ts';
import { modelSlot, projectModelIds } from '../../competitiveness/project-model.ts';
import { packedModel } from './packed-model.ts';

/** Scenario tests of a model, over all scenarios. */
export function testsOfModel(slots: SlotReader, modelId: string) {
  return slots.slotsOf('adaptation.tests').flatMap((slot) => {
    const artifact = slots.current(slot);
    const tests = artifact === undefined ? null : testsResultSchema.parse(artifact.result);
    return tests?.modelId === modelId ? [{ slot, tests }] : [];
  });
}

/** Verdicts of all scenario tests of a model; null where none was run. */
export function testCounts(slots: SlotReader, modelId: string): PackageCandidate['tests'] {
  const all = testsOfModel(slots, modelId).flatMap(({ tests }) => [tests.counts, tests.machineCounts]);
  if (all.length === 0) return null;
  const sum = (key: 'passed' | 'failed' | 'unclear' | 'noVerdict') =>
    all.reduce((total, counts) => total + counts[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), unclear: sum('unclear'), noVerdict: sum('noVerdict') };
}

/** Models of the project with what decides whether they should be packed. */
export function packageCandidates({ store, deps, stale }: EngineContext): PackageCandidate[] {
  const reasons = stale();
  return projectModelIds(store).map((modelId) => {
    const { model, record, language } = packedModel(store, deps, modelId);
    return {
      modelId,
      name: model.name,
      kind: modelId.startsWith('R') ? 'run' : modelId.startsWith('C') ? 'compressed' : 'adapted',
      slot: model.slot,
      precision: model.precision,
      language: language === 'en' ? 'en' : 'zh-CN',
      labels: [...model.labels],
      accuracy: record.test.accuracy,
      testRows: record.test.rows,
      sizeMb: record.sizeMb,
      rejectBelow: record.reject?.confidence ?? null,
      gate: record.gate?.verdict ?? 'none',
      tests: testCounts(store, modelId),
      isStale: (reasons.get(modelSlot(modelId))?.length ?? 0) > 0,
    };
  });
}
