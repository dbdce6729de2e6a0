import { z } from 'zod';
import { packStrings, unpackStrings } from '../../../../shared/data/string-table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { answerMap, modelLabels, scenarioLogits } from '../../../../shared/stages/adaptation/label-map.ts';
import type { AdaptationNotice } from '../../../../shared/stages/adaptation/notices.ts';
import {
  adaptedModelSchema,
  type Scenario,
  type TestsResult,
  testsResultSchema,
} from '../../../../shared/stages/adaptation/results.ts';
import type { TestEvidence } from '../../../../shared/stages/adaptation/scenario-tests.ts';
import { templateOf } from '../../../../shared/stages/adaptation/templates.ts';
import { verdictCounts } from '../../../../shared/stages/adaptation/tests-verdict.ts';
import { comparisonForm } from '../../../../shared/stages/demand/clean/normalise-text.ts';
import type { PerturbationId } from '../../../../shared/text-changes/perturbations.ts';
import { defineKind, type SlotReader, type StepContext } from '../../artifacts/kind.ts';
import { bytesOf } from '../../artifacts/parts.ts';
import { modelRequest, modelSlot, type ProjectModel, projectModel } from '../competitiveness/project-model.ts';
import { standing } from '../demand/inputs.ts';
import { dataSlot, type ScenarioRows, scenarioRows } from './data.ts';
import { machineTests } from './machine-tests.ts';
import { currentScenario, datasetOfScenario, limitsSlot, scenarioSlot, testsNeeds } from './scenario.ts';
import { needRows, slicesOf } from './slices.ts';
import { seenForms } from './source.ts';

const testsParamsSchema = z.strictObject({});
type Context = StepContext<z.output<typeof testsParamsSchema>>;

/** Rows that are changed for the robustness tests: a share of them is known to ± 5 points at 90 %. */
const PERTURBED_ROWS = 150;

export const testsSlot = (scenarioId: string, modelId: string) => `adaptation.tests:${scenarioId}.${modelId}`;

/** Scenario and model of the key of a suite. */
export function suiteOf(key: string): { readonly scenarioId: string; readonly modelId: string } {
  const [scenarioId = '', modelId = ''] = key.split('.');
  return { scenarioId, modelId };
}

/** The test suite of a scenario on a model. */
export const testsKind = defineKind({
  name: 'adaptation.tests',
  stage: 'adaptation',
  lane: 'infer',
  revision: 1,
  params: testsParamsSchema,
  result: testsResultSchema,
  outsideHash: ['machineTests', 'machineCounts'],
  pausable: false,
  training: false,
  inputs: (_params, slots, key) => testsInputs(slots, key),
  defaultParams: () => ({}),
  async run(context) {
    const { key, seed, store, deps, input, compute, signal, progress } = context;
    const { scenarioId, modelId } = suiteOf(key);
    const { scenario } = currentScenario(store, scenarioId);
    const data = scenarioRows(store, input(dataSlot(scenarioId)));
    const model = projectModel(store, deps, modelId);
    progress({ ...NO_PROGRESS, phase: 'preparing' });

    const labels = data.result.classes.map(({ label }) => label);
    const named = namesFor(context, model, scenarioId, labels, scenario.labelMap);
    const answers = answerMap(
      labels,
      named,
      model.labels,
      data.result.classes.map(({ rows }) => rows),
    );
    if (answers.outputOf.every((output) => output < 0)) {
      throw new AppError('adaptation.no-common-labels', { modelId, scenario: scenario.name });
    }
    const seen = seenForms(store, modelId);
    const test = data.test.filter((at) => !seen.has(comparisonForm(data.texts[at]!)));
    if (test.length === 0) {
      throw new AppError('adaptation.no-test-rows', { scenario: scenario.name, rows: data.test.length });
    }
    const texts = Array.from(test, (at) => data.texts[at]!);
    const changed = await compute.run(
      'adaptation.perturb',
      { texts: packStrings(texts), ids: perturbationsOf(scenario), mostRows: PERTURBED_ROWS, seed },
      { signal },
    );
    const logitsOf = classifier(context, model, answers.outputOf, await modelRequest(context, model));
    const all = await logitsOf([...texts, ...changed.flatMap((change) => unpackStrings(change.texts))]);
    let at = texts.length;
    const perturbed = changed.map(({ id, rows }) => {
      const logits = all.slice(at * labels.length, (at + rows.length) * labels.length);
      at += rows.length;
      return { id, rows, logits };
    });
    const needs = needRows(store, testsNeeds(scenario), data, test);
    const suite = await compute.run(
      'adaptation.tests',
      {
        costs: { labels, errorCosts: scenario.errorCosts, humanLook: scenario.humanLook },
        actual: test.map((index) => data.label[index]!),
        logits: all.slice(0, texts.length * labels.length),
        rejectBelow: rejectBelow(context, modelId, scenarioId),
        limits: scenario.limits,
        slices: slicesOf(store, data, test, scenario.data.labelColumn),
        needs,
        perturbed,
        seed,
      },
      { signal },
    );
    const machine = await machineTests(context, model, texts, scenario.limits);
    const untested = needs.filter(({ rows }) => rows.length === 0);
    const notices: AdaptationNotice[] = [
      ...answers.notices,
      ...(test.length < data.test.length
        ? [
            {
              code: 'seen-in-training',
              severity: 'warning',
              params: { rows: data.test.length - test.length },
            } as const,
          ]
        : []),
      ...data.result.notices.filter(({ code }) => code === 'test-rows-few' || code === 'class-not-in-test'),
      ...untested.map(({ needId }) => ({ code: 'need-untested', severity: 'warning', params: { needId } }) as const),
    ];
    const [accuracy, macroF1] = ['accuracy', 'macroF1'].map((id) => {
      const found = suite.tests.find((candidate) => candidate.id === id);
      return { value: found?.value ?? 0, low: found?.low ?? 0, high: found?.high ?? 0 };
    });
    const result: TestsResult = {
      scenarioId,
      modelId,
      modelName: model.name,
      testLock: data.result.testLock,
      language: data.result.language,
      rows: test.length,
      accuracy: accuracy!,
      macroF1: macroF1!,
      costPerThousand: suite.costPerThousand,
      counts: verdictCounts(suite.tests),
      tests: suite.tests,
      machineTests: machine,
      machineCounts: verdictCounts(machine),
      notices,
    };
    return { type: 'done', result, parts: evidenceParts(suite, changed, test, data) };
  },
});

function testsInputs(slots: SlotReader, key: string): string[] {
  const { scenarioId, modelId } = suiteOf(key);
  const datasetId = datasetOfScenario(slots, scenarioId);
  const needs = slots.current(scenarioSlot(scenarioId)) === undefined ? [] : needIdsOf(slots, scenarioId);
  return [
    scenarioSlot(scenarioId),
    ...standing(slots, [limitsSlot(scenarioId)]),
    dataSlot(scenarioId),
    ...(datasetId === null ? [] : [`demand.clean:${datasetId}`, ...standing(slots, [`demand.roles:${datasetId}`])]),
    modelSlot(modelId),
    ...(needs.length === 0 ? [] : standing(slots, ['demand.needs'])),
  ];
}

function needIdsOf(slots: SlotReader, scenarioId: string): readonly string[] {
  return testsNeeds(currentScenario(slots, scenarioId).scenario);
}

/** What a model calls the scenario's classes: one that was adapted to it uses their names. */
function namesFor(
  { store }: Context,
  model: ProjectModel,
  scenarioId: string,
  labels: readonly string[],
  labelMap: Scenario['labelMap'],
): (string | null)[] {
  const own = adaptedTo(store, model.id) === scenarioId;
  return modelLabels(labels, own ? null : labelMap, model.labels);
}

/** The scenario that a model was adapted to; null for other models. */
export function adaptedTo(slots: SlotReader, modelId: string): string | null {
  const artifact = modelId.startsWith('A') ? slots.current(modelSlot(modelId)) : undefined;
  return artifact === undefined ? null : adaptedModelSchema.parse(artifact.result).scenarioId;
}

/** The reject option counts in the scenario that it was chosen for. */
function rejectBelow({ store }: Context, modelId: string, scenarioId: string): number | null {
  const artifact = modelId.startsWith('A') ? store.current(modelSlot(modelId)) : undefined;
  if (artifact === undefined) return null;
  const adapted = adaptedModelSchema.parse(artifact.result);
  return adapted.scenarioId === scenarioId ? (adapted.reject?.confidence ?? null) : null;
}

/** Changes that happen in the scenario's business; personal data where a limit asks for it. */
function perturbationsOf({ templateId, limits }: Scenario): PerturbationId[] {
  const usual = templateOf(templateId).perturbations;
  return [...usual, ...(limits.some(({ test }) => test === 'personalData') ? (['personalData'] as const) : [])];
}

function classifier(
  { worker, signal, progress }: Context,
  model: ProjectModel,
  outputOf: Int32Array,
  request: Awaited<ReturnType<typeof modelRequest>>,
) {
  return async (texts: readonly string[]) => {
    const { logits } = await worker.run(
      { type: 'classify', ...request, texts: [...texts] },
      {
        signal,
        onEvent(event) {
          if (event.type !== 'progress') return;
          const { done, total } = event;
          const fraction = done / Math.max(1, total);
          progress({ fraction, phase: 'testing', done, total, unit: 'texts', rate: null, etaMs: null });
        },
      },
    );
    return scenarioLogits(logits, model.labels.length, outputOf);
  };
}

/** Rows behind the tests: one entry per test and row, with the text as it was changed. */
function evidenceParts(
  suite: {
    readonly evidence: readonly TestEvidence[];
    readonly predicted: Int32Array;
    readonly confidence: Float32Array;
  },
  changed: readonly { readonly id: PerturbationId; readonly texts: Parameters<typeof unpackStrings>[0] }[],
  test: Int32Array,
  data: ScenarioRows,
): Record<string, Uint8Array> {
  const changedTexts = new Map(changed.map(({ id, texts }) => [`perturbation:${id}`, unpackStrings(texts)]));
  const entries = suite.evidence.flatMap(({ testId, rows, failed, after }, testIndex) =>
    Array.from(rows, (row, at) => ({
      test: testIndex,
      row: data.row[test[row]!]!,
      actual: data.label[test[row]!]!,
      predicted: suite.predicted[row]!,
      after: after?.[at] ?? -1,
      failed: failed[at]!,
      confidence: suite.confidence[row]!,
      text: changedTexts.get(testId)?.[at] ?? '',
    })),
  );
  const texts = packStrings(entries.map(({ text }) => text));
  return {
    evidenceTest: bytesOf(Int32Array.from(entries, (entry) => entry.test)),
    evidenceRow: bytesOf(Int32Array.from(entries, (entry) => entry.row)),
    evidenceActual: bytesOf(Int32Array.from(entries, (entry) => entry.actual)),
    evidencePredicted: bytesOf(Int32Array.from(entries, (entry) => entry.predicted)),
    evidenceAfter: bytesOf(Int32Array.from(entries, (entry) => entry.after)),
    evidenceFailed: Uint8Array.from(entries, (entry) => entry.failed),
    evidenceConfidence: bytesOf(Float32Array.from(entries, (entry) => entry.confidence)),
    evidenceTextBytes: texts.bytes,
    evidenceTextOffsets: bytesOf(texts.offsets),
  };
}
