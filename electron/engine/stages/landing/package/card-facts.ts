import type { ScenarioTest } from '../../../../../shared/stages/adaptation/results.ts';
import { type FloorsResult, floorsResultSchema } from '../../../../../shared/stages/competitiveness/results.ts';
import { needsResultSchema } from '../../../../../shared/stages/demand/results.ts';
import type { CardFacts } from '../../../../../shared/stages/landing/package/card-facts.ts';
import { meanAndDeviation } from '../../../../../shared/statistics/mean-difference.ts';
import { studentTQuantile } from '../../../../../shared/statistics/student-t.ts';
import type { StorageFormat } from '../../../../../shared/train/storage.ts';
import { readEncoderConfig } from '../../../../models/encoder-config.ts';
import { readManifest } from '../../../../models/model-folder.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import { currentScenario } from '../../adaptation/scenario.ts';
import { testsOfModel } from './candidates.ts';
import type { PackedModel } from './packed-model.ts';

const NEEDS_SHOWN = 8;
const UNSURE_BELOW = 0.5;
const TWO_SIDED_95 = 0.975;

type Watch = CardFacts['watch'];

/** Floors measured on the rows that the model was measured on; null where there are none. */
export function floorsOf({ store }: Pick<StepContext<unknown>, 'store'>, testLock: string): FloorsResult | null {
  const artifact = store.current('competitiveness.floors');
  const floors = artifact === undefined ? null : floorsResultSchema.parse(artifact.result);
  return floors?.testLock === testLock ? floors : null;
}

/** Most tokens of a text: as in training, and no more than the encoder has places for. */
export async function tokensOf({ model }: PackedModel): Promise<number> {
  const { config } = await readEncoderConfig(model.folder);
  return Math.min(model.maxLength, config.maxPositions - (config.positionOffset ?? 0));
}

/** The level of the test rows against which drift is watched; `folder` holds the model's own `tokenizer.json`. */
export async function watchOf(
  { worker, signal }: Pick<StepContext<unknown>, 'worker' | 'signal'>,
  { texts, confidence }: { readonly texts: readonly string[]; readonly confidence: Float64Array },
  maxLength: number,
  folder: string,
): Promise<Watch> {
  const { lengths } = await worker.run({ type: 'countTokens', folder, texts: [...texts] }, { signal });
  const { n, mean, sd } = meanAndDeviation(confidence);
  const half = sd === null ? 0 : (studentTQuantile(TWO_SIDED_95, n - 1) ?? 0) * (sd / Math.sqrt(n));
  const share = (count: number) => (n === 0 ? 0 : count / n);
  return {
    confidence: { value: mean ?? 0, low: Math.max(0, (mean ?? 0) - half), high: Math.min(1, (mean ?? 0) + half) },
    unsureShare: share(confidence.filter((value) => value < UNSURE_BELOW).length),
    truncatedShare: share(lengths.filter((length) => length > maxLength).length),
  };
}

/** What the documents of a package say, from the artifacts. */
export async function factsOf(
  { store, deps }: Pick<StepContext<unknown>, 'store' | 'deps'>,
  packed: PackedModel,
  built: Pick<
    CardFacts,
    'name' | 'folder' | 'platform' | 'builtAt' | 'clean' | 'samples' | 'versions' | 'notices' | 'temperature' | 'watch'
  > & {
    readonly precision: StorageFormat;
    readonly maxLength: number;
    readonly model: { readonly bytes: number; readonly sha256: string };
    readonly floors: FloorsResult | null;
    readonly inputs: readonly string[];
    readonly testName: (test: ScenarioTest) => string;
  },
): Promise<CardFacts> {
  const { model, record, counts, test } = packed;
  const { precision, maxLength, inputs, testName, model: file, ...rest } = built;
  const base = await readManifest(model.folder);
  const { name, customer, period } = store.project.get();
  const needs = store.current('demand.needs');
  const sum = (part: 'train' | 'dev' | 'test') => counts.reduce((total, of) => total + of[part], 0);
  return {
    ...rest,
    project: { name, customer, period },
    model: {
      id: model.id,
      name: model.name,
      baseName: base.name,
      baseLicence: base.licence,
      baseSource: base.source,
      parameters: record.parameters,
      precision,
      measured: model.precision,
      maxLength,
      ...file,
    },
    data: {
      sources: packed.sources.map((source) => source.name),
      language: packed.language,
      train: sum('train'),
      dev: sum('dev'),
      test: sum('test'),
      seed: packed.seed,
      testLock: record.testLock,
    },
    classes: model.labels.map((label, index) => {
      const found = record.test.perClass.find((entry) => entry.label === label);
      return {
        label,
        train: counts[index]?.train ?? 0,
        test: counts[index]?.test ?? 0,
        precision: found?.precision ?? null,
        recall: found?.recall ?? null,
        predictedShare:
          test.predicted.length === 0
            ? 0
            : test.predicted.filter((predicted) => predicted === index).length / test.predicted.length,
      };
    }),
    evaluation: record.test,
    floors: built.floors,
    latency: record.latency,
    scenarioTests: testsOfModel(store, model.id).map(({ tests }) => ({
      scenario: currentScenario(store, tests.scenarioId).scenario.name,
      rows: tests.rows,
      tests: [...tests.tests, ...tests.machineTests].map((entry) => ({ ...entry, name: testName(entry) })),
    })),
    needs:
      needs === undefined
        ? []
        : needsResultSchema
            .parse(needs.result)
            .needs.toSorted((a, b) => b.weight - a.weight)
            .slice(0, NEEDS_SHOWN)
            .map(({ name: need, weight, low, high }) => ({ name: need, weight, low, high })),
    rejectBelow: record.reject?.confidence ?? null,
    inputs: inputs.flatMap((slot) => {
      const artifact = store.current(slot);
      return artifact === undefined ? [] : [{ slot, version: artifact.version, hash: artifact.hash }];
    }),
    versions: { ...built.versions, app: deps.appVersion },
  };
}
