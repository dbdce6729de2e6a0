import type { AdaptedModel, Matrix, TestsResult } from '../../../../shared/stages/adaptation/results.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import type { EngineContext } from '../../context.ts';
import { modelSlot, projectModelIds } from '../competitiveness/project-model.ts';
import { candidates, modelKind } from './candidates.ts';
import { currentChoices } from './choice.ts';
import { currentScenario, scenarioIds, testsNeeds } from './scenario.ts';
import { testsSlot } from './tests.ts';

/** Scenarios by models as their tests stand, and which need is promised where and tested by what. */
export function matrix(context: EngineContext): Matrix {
  const { store, view } = context;
  const ids = scenarioIds(store);
  const chosen = new Map(currentChoices(store).map(({ scenarioId, modelId }) => [scenarioId, modelId]));
  const needs = store.current('demand.needs');
  const f1 = needs === undefined ? [] : needsResultSchema.parse(needs.result).needs;
  return {
    scenarios: ids.map((id) => {
      const { scenario } = currentScenario(store, id);
      return { id, name: scenario.name, chosen: chosen.get(id) ?? null, needIds: scenario.needIds };
    }),
    models: projectModelIds(store).flatMap((id) => {
      const found = view<AdaptedModel>(modelSlot(id));
      if (found === null) return [];
      const { name, sizeMb } = found.result;
      const kind = modelKind(id);
      return [{ id, name, kind, scenarioId: kind === 'adapted' ? found.result.scenarioId : null, sizeMb }];
    }),
    cells: ids.flatMap((scenarioId) =>
      candidates(context, scenarioId)
        .filter(({ commonLabels }) => commonLabels > 0)
        .map(({ modelId }) => {
          const slot = testsSlot(scenarioId, modelId);
          return { scenarioId, modelId, slot, tests: summaryOf(context, slot) };
        }),
    ),
    coverage: ids.flatMap((scenarioId) => {
      const modelId = chosen.get(scenarioId) ?? null;
      const tests = modelId === null ? null : view<TestsResult>(testsSlot(scenarioId, modelId));
      return testsNeeds(currentScenario(store, scenarioId).scenario).map((needId) => {
        const need = f1.find(({ id }) => id === needId);
        return {
          needId,
          needName: need?.name ?? needId,
          weight: need?.weight ?? null,
          scenarioId,
          modelId,
          tests: (tests?.result.tests ?? [])
            .filter((test) => test.subject.needId === needId && test.n > 0)
            .map(({ id, verdict }) => ({ id, verdict })),
        };
      });
    }),
  };
}

function summaryOf({ view }: EngineContext, slot: string): Matrix['cells'][number]['tests'] {
  const found = view<TestsResult>(slot);
  if (found === null) return null;
  const { counts, machineCounts, machineTests, rows, accuracy, costPerThousand } = found.result;
  return {
    passed: counts.passed + machineCounts.passed,
    failed: counts.failed + machineCounts.failed,
    unclear: counts.unclear + machineCounts.unclear,
    noVerdict: counts.noVerdict + machineCounts.noVerdict,
    rows,
    accuracy,
    costPerThousand,
    latencyP95Ms: machineTests.find(({ type }) => type === 'latency')?.value ?? null,
    stale: found.artifact.stale.length > 0,
  };
}
