import type { MapFigure, Overview } from '../../../shared/contract/project.ts';
import type { adaptation } from '../../../shared/stages/adaptation/contract.ts';
import type { ScenarioTest, TestsResult } from '../../../shared/stages/adaptation/results.ts';
import type { EngineContext } from '../context.ts';
import type { StepKinds } from '../project/overview.ts';
import { currentChoices } from './adaptation/choice.ts';
import { scenarioIds } from './adaptation/scenario.ts';
import { testsSlot } from './adaptation/tests.ts';
import { projectModelIds } from './competitiveness/project-model.ts';
import { allDatasetIds, datasetResult } from './demand/columns.ts';

export const adaptationStepKinds: Readonly<Record<(typeof adaptation.steps)[number], StepKinds>> = {
  scenarios: {
    kinds: ['adaptation.scenario', 'adaptation.limits', 'adaptation.data'],
    done: ['adaptation.data'],
  },
  recipe: {
    kinds: ['adaptation.recipe', 'adaptation.model', 'adaptation.explanation', 'adaptation.faithfulness'],
    done: ['adaptation.model'],
  },
  tests: { kinds: ['adaptation.tests'], done: ['adaptation.tests'] },
  matrix: { kinds: ['adaptation.choice'], done: ['adaptation.choice'] },
  tables: { kinds: ['adaptation.table'], done: ['adaptation.table'] },
};

interface Suite {
  readonly slot: string;
  readonly tests: readonly ScenarioTest[];
}

/** Of each scenario the tests of the chosen model, else of the model tested last. */
function suites({ store, view }: EngineContext): Suite[] {
  const chosen = new Map(currentChoices(store).map(({ scenarioId, modelId }) => [scenarioId, modelId]));
  return scenarioIds(store).flatMap((scenarioId) => {
    const tested = store
      .slotsOf('adaptation.tests')
      .filter((slot) => slot.startsWith(testsSlot(scenarioId, '')))
      .flatMap((slot) => view<TestsResult>(slot) ?? [])
      .sort((a, b) => b.artifact.createdAt.localeCompare(a.artifact.createdAt));
    const wanted = testsSlot(scenarioId, chosen.get(scenarioId) ?? '');
    const suite = tested.find(({ artifact }) => artifact.slot === wanted) ?? tested[0];
    if (suite === undefined) return [];
    return [{ slot: suite.artifact.slot, tests: [...suite.result.tests, ...suite.result.machineTests] }];
  });
}

export function adaptationFigures(context: EngineContext): MapFigure[] {
  const found = suites(context);
  const tests = found.flatMap((suite) => suite.tests);
  const judged = tests.filter(({ verdict }) => verdict !== 'no-verdict');
  const slices = tests.filter(({ type, verdict }) => (type === 'slice' || type === 'need') && verdict !== 'no-verdict');
  const latencies = found.flatMap(({ slot, tests: own }) =>
    own.flatMap(({ type, value }) => (type === 'latency' && value !== null ? [{ slot, value }] : [])),
  );
  const slowest = latencies.sort((a, b) => b.value - a.value)[0];
  const slot = found[0]?.slot ?? null;
  const none = { low: null, high: null, text: null };
  return [
    {
      ...none,
      id: 'testsPassed',
      value: judged.length === 0 ? null : judged.filter(({ verdict }) => verdict === 'passed').length,
      text: judged.length === 0 ? null : String(judged.length),
      unit: 'count',
      slot,
    },
    { ...none, id: 'latency', value: slowest?.value ?? null, unit: 'milliseconds', slot: slowest?.slot ?? slot },
    {
      ...none,
      id: 'belowLimit',
      value: slices.length === 0 ? null : slices.filter(({ verdict }) => verdict === 'failed').length,
      unit: 'count',
      slot,
    },
  ];
}

export function adaptationNext(context: EngineContext): Overview['next'] {
  const { store } = context;
  const step: Step = (id, at) => [{ id: `adaptation.${id}`, stage: 'adaptation', step: at, params: {} }];
  const toScore =
    store.slotsOf('adaptation.table').length === 0 &&
    allDatasetIds(store).some((id) => datasetResult(store, id).kind === 'table')
      ? step('scoreTable', 'tables')
      : [];
  return [...adaptNext(context, step), ...toScore];
}

type Step = (id: string, at: string) => Overview['next'];

function adaptNext({ store }: EngineContext, step: Step): Overview['next'] {
  // Without a model there is nothing to adapt.
  if (projectModelIds(store).length === 0) return [];
  const ids = scenarioIds(store);
  if (ids.length === 0) return step('addScenario', 'scenarios');
  if (store.slotsOf('adaptation.recipe').length === 0 && store.slotsOf('adaptation.model').length === 0) {
    return step('recommend', 'recipe');
  }
  if (store.slotsOf('adaptation.model').length === 0) return step('adapt', 'recipe');
  if (store.slotsOf('adaptation.tests').length === 0) return step('test', 'tests');
  const chosen = new Set(currentChoices(store).map(({ scenarioId }) => scenarioId));
  return ids.every((id) => chosen.has(id)) ? [] : step('choose', 'matrix');
}
