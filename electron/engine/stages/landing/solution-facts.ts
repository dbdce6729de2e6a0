import { z } from 'zod';
import { preparedDataSchema } from '../../../../shared/stages/competitiveness/contract.ts';
import { estimateSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { requirementsResultSchema, targetsSchema } from '../../../../shared/stages/demand/results.ts';
import type { SolutionFacts } from '../../../../shared/stages/landing/solution/fact-risks.ts';
import type { SolutionResult } from '../../../../shared/stages/landing/solution/results.ts';
import type { MeasuredModel } from '../../../../shared/stages/landing/solution/sizing.ts';
import type { SlotReader } from '../../artifacts/kind.ts';
import type { ProjectStore } from '../../project-store.ts';
import { currentScenario, scenarioIds, scenarioSlot } from '../adaptation/scenario.ts';
import { required } from '../competitiveness/predictions.ts';
import { modelSlot } from '../competitiveness/project-model.ts';
import { standing } from '../demand/inputs.ts';

/** What a run, a compressed and an adapted model have in common here; only an adapted one passes texts to people. */
const servedModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  test: z.object({ rows: z.int(), accuracy: estimateSchema }),
  latency: z.nullable(z.object({ p95Ms: z.number(), textsPerSecond: z.number(), threads: z.int() })),
  sizeMb: z.nullable(z.number()),
  peakMemoryMb: z.nullable(z.number()),
  scenarioId: z.string().optional(),
  reject: z.nullable(z.object({ test: z.object({ coverage: estimateSchema }) })).optional(),
});
const testsSchema = z.object({
  scenarioId: z.string(),
  modelId: z.string(),
  counts: z.object({ passed: z.int(), failed: z.int() }),
  machineCounts: z.object({ passed: z.int(), failed: z.int() }),
});
const scenarioDataSchema = z.object({ classes: z.array(z.object({ label: z.string(), train: z.int() })) });
const recipeSchema = z.object({ distance: z.nullable(z.object({ auc: z.number(), differs: z.boolean() })) });

const MONTHS_PER_YEAR = 12;
const DAYS_PER_YEAR = 365;

/** Slots that a solution of this model and scenario reads, beside its own settings and the goals. */
export function factSlots(slots: SlotReader, modelId: string, scenarioId: string | null): string[] {
  const ofScenario =
    scenarioId === null
      ? []
      : [
          scenarioSlot(scenarioId),
          `adaptation.data:${scenarioId}`,
          `adaptation.recipe:${scenarioId}`,
          ...testSlots(slots, modelId, scenarioId),
        ];
  return standing(slots, ['demand.targets', 'demand.requirements', 'competitiveness.split', ...ofScenario]);
}

function testSlots(slots: SlotReader, modelId: string, scenarioId: string): string[] {
  return slots.slotsOf('adaptation.tests').filter((slot) => {
    const parsed = testsSchema.safeParse(slots.current(slot)?.result);
    return parsed.success && parsed.data.scenarioId === scenarioId && parsed.data.modelId === modelId;
  });
}

export interface GatheredFacts {
  readonly facts: SolutionFacts;
  readonly model: SolutionResult['model'];
  readonly measured: MeasuredModel | null;
  readonly scenario: SolutionResult['scenario'];
  readonly textsPerDay: number | null;
  readonly charactersP95: number | null;
}

/** What stands in this project about a model and a scenario. @throws AppError 'artifact.input-missing' without the model */
export function gatherFacts(
  store: ProjectStore,
  modelId: string,
  scenarioId: string | null,
  spareInstances: number,
): GatheredFacts {
  const slot = modelSlot(modelId);
  const model = servedModelSchema.parse(required(store, slot).result);
  const parsed = <T>(schema: z.ZodType<T>, from: string): T | null => {
    const result = schema.safeParse(store.current(from)?.result);
    return result.success ? result.data : null;
  };
  const targets = parsed(targetsSchema, 'demand.targets');
  const requirements = parsed(requirementsResultSchema, 'demand.requirements');
  const scenario =
    scenarioId === null || !scenarioIds(store).includes(scenarioId) ? null : currentScenario(store, scenarioId);
  const testsSlot = scenarioId === null ? undefined : testSlots(store, modelId, scenarioId)[0];
  const tests = testsSlot === undefined ? null : parsed(testsSchema, testsSlot);
  const recipeSlot = `adaptation.recipe:${scenarioId}`;
  const distance = scenarioId === null ? null : (parsed(recipeSchema, recipeSlot)?.distance ?? null);
  const coverage = model.reject?.test.coverage.value ?? null;
  const perMonth = requirements?.volume.value.perMonth ?? null;
  const { latency } = model;
  return {
    facts: {
      modelSlot: slot,
      accuracy: model.test.accuracy,
      accuracyTarget: targets?.accuracy ?? null,
      targetsSlot: targets === null ? null : 'demand.targets',
      latencyP95Ms: latency?.p95Ms ?? null,
      latencyTarget: targets?.latencyMs ?? null,
      privacy: targets?.privacy ?? null,
      explainability: targets?.explainability ?? null,
      smallestClass: smallestClass(store, model.scenarioId ?? null),
      rejected: coverage === null ? null : { share: 1 - coverage, slot },
      tests:
        tests === null || testsSlot === undefined
          ? null
          : {
              failed: tests.counts.failed + tests.machineCounts.failed,
              total: [tests.counts, tests.machineCounts].reduce((sum, { passed, failed }) => sum + passed + failed, 0),
              slot: testsSlot,
            },
      distance: distance?.differs === true ? { auc: distance.auc, slot: recipeSlot } : null,
      spareInstances,
    },
    model: {
      id: model.id,
      name: model.name,
      slot,
      accuracy: model.test.accuracy,
      testRows: model.test.rows,
      sizeMb: model.sizeMb,
      memoryMb: memoryOf(model),
    },
    measured:
      latency === null
        ? null
        : {
            textsPerSecond: latency.textsPerSecond,
            p95Ms: latency.p95Ms,
            threads: latency.threads,
            memoryMb: memoryOf(model),
            sizeMb: model.sizeMb,
          },
    scenario:
      scenario === null ? null : { id: scenario.id, name: scenario.scenario.name, slot: scenarioSlot(scenario.id) },
    textsPerDay:
      scenario?.scenario.volumePerDay ?? (perMonth === null ? null : (perMonth * MONTHS_PER_YEAR) / DAYS_PER_YEAR),
    charactersP95: requirements?.textLength.value?.p95 ?? null,
  };
}

/** Memory of answering. What a tuned run measured is the peak of its training, which says nothing of service. */
function memoryOf({ kind, peakMemoryMb }: z.output<typeof servedModelSchema>): number | null {
  return kind === 'compressed' ? peakMemoryMb : null;
}

function smallestClass(store: ProjectStore, scenarioId: string | null): SolutionFacts['smallestClass'] {
  const slot = scenarioId === null ? 'competitiveness.split' : `adaptation.data:${scenarioId}`;
  const result = store.current(slot)?.result;
  const classes =
    scenarioId === null
      ? preparedDataSchema.safeParse(result).data?.check.classes
      : scenarioDataSchema.safeParse(result).data?.classes;
  const smallest = classes?.toSorted((a, b) => a.train - b.train)[0];
  return smallest === undefined ? null : { label: smallest.label, rows: smallest.train, slot };
}
