import { createHash } from 'node:crypto';
import { packStrings, type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { denseRows } from '../../../shared/linear-algebra/sparse.ts';
import { createRng, shuffle } from '../../../shared/rng.ts';
import { costRule, expectedCost } from '../../../shared/stages/adaptation/expected-cost.ts';
import {
  type Measured,
  type RecipeFacts,
  type Recommendation,
  recommendRecipe,
} from '../../../shared/stages/adaptation/recommend-recipe.ts';
import { type Answers, chooseRejectOption, shareEstimate } from '../../../shared/stages/adaptation/reject-option.ts';
import type {
  DomainDistance,
  ErrorCost,
  RejectOption,
  ScenarioData,
} from '../../../shared/stages/adaptation/results.ts';
import {
  type ScenarioTestsInput,
  type ScenarioTestsResult,
  scenarioTests,
} from '../../../shared/stages/adaptation/scenario-tests.ts';
import { type ScenarioSplitInput, splitScenario } from '../../../shared/stages/adaptation/split-scenario.ts';
import { PART } from '../../../shared/stages/competitiveness/split.ts';
import { languageOf } from '../../../shared/stages/demand/clean/language.ts';
import { comparisonForm } from '../../../shared/stages/demand/clean/normalise-text.ts';
import { domainClassifier } from '../../../shared/statistics/domain-classifier.ts';
import { fitLogistic, predictLogistic } from '../../../shared/statistics/logistic-regression.ts';
import { perturbText } from '../../../shared/text-changes/perturb-text.ts';
import type { PerturbationId } from '../../../shared/text-changes/perturbations.ts';
import type { ComputeTask } from '../task.ts';
import { softmaxRows } from './softmax.ts';

export interface ScenarioDataInput {
  readonly scenarioId: string;
  readonly scenarioName: string;
  readonly datasetId: string;
  readonly classes: readonly string[];
  readonly labels: Int32Array;
  readonly texts: StringTable;
  /** `PART` code of each row, and of each text, in the split of stage 2. */
  readonly seenPart: Uint8Array;
  readonly seenTexts: StringTable;
  readonly seenTextParts: Uint8Array;
  readonly filteredOut: number;
  readonly unlabelled: number;
  readonly testShare: number;
  readonly devShare: number;
  readonly by: ScenarioSplitInput['by'];
  readonly seed: number;
}

/** Nine rows in ten of one language make the data of that language. */
const ONE_LANGUAGE = 0.9;

export const scenarioDataTask: ComputeTask<
  ScenarioDataInput,
  { readonly part: Uint8Array; readonly result: ScenarioData }
> = {
  run(input) {
    const texts = unpackStrings(input.texts);
    const forms = texts.map(comparisonForm);
    const seenForms = new Map<string, number>();
    unpackStrings(input.seenTexts).forEach((text, at) => {
      const code = input.seenTextParts[at]!;
      const known = seenForms.get(comparisonForm(text)) ?? 0;
      // Train is 1, dev 2, test 3: what was learnt from goes first.
      if (code !== PART.leftOut && (known === 0 || code < known)) seenForms.set(comparisonForm(text), code);
    });
    const split = splitScenario({
      classes: input.classes,
      labels: input.labels,
      texts,
      forms,
      seenPart: input.seenPart,
      seenForms,
      testShare: input.testShare,
      devShare: input.devShare,
      by: input.by,
      seed: input.seed,
      rng: createRng(input.seed),
      hash: (text) => createHash('sha256').update(text).digest('hex'),
    });
    const of = (part: 'train' | 'dev' | 'test') => split.classes.reduce((sum, count) => sum + count[part], 0);
    if (of('test') === 0) {
      throw new AppError('adaptation.no-test-rows', { scenario: input.scenarioName, rows: split.keptFromTest });
    }
    const chinese = texts.filter((text) => languageOf(text) === 'zh').length / texts.length;
    return {
      part: split.part,
      result: {
        scenarioId: input.scenarioId,
        datasetId: input.datasetId,
        language: chinese >= ONE_LANGUAGE ? 'zh' : chinese <= 1 - ONE_LANGUAGE ? 'en' : 'mixed',
        classes: split.classes,
        rows: texts.length,
        train: of('train'),
        dev: of('dev'),
        test: of('test'),
        filteredOut: input.filteredOut,
        unlabelled: input.unlabelled,
        keptFromTest: split.keptFromTest,
        testLock: split.testLock,
        notices: [
          ...split.notices,
          ...(input.unlabelled > 0
            ? [{ code: 'unlabelled-rows', severity: 'info', params: { rows: input.unlabelled } } as const]
            : []),
        ],
      },
    };
  },
};

/** Class and probability of each answer, out of logits [rows × classes]. */
function answersOf(
  actual: Int32Array,
  logits: Float32Array,
  classes: number,
): Answers & { probabilities: Float32Array } {
  const probabilities = softmaxRows(logits, classes);
  const predicted = new Int32Array(actual.length);
  const confidence = new Float32Array(actual.length);
  actual.forEach((_, row) => {
    const cells = probabilities.subarray(row * classes, (row + 1) * classes);
    const best = cells.reduce((top, value, k) => (value > cells[top]! ? k : top), 0);
    predicted[row] = best;
    confidence[row] = cells[best]!;
  });
  return { actual, predicted, confidence, probabilities };
}

interface Costs {
  readonly labels: readonly string[];
  readonly errorCosts: readonly ErrorCost[];
  readonly humanLook: number | null;
}

export interface RecipeTaskInput {
  readonly costs: Costs;
  /** Vectors of the frozen base encoder and the texts that they are of, for what stands on both sides; null where a side is too small. */
  readonly distance: {
    readonly reference: Float32Array;
    readonly current: Float32Array;
    readonly dimensions: number;
    readonly texts: StringTable;
  } | null;
  readonly devLabels: Int32Array;
  /** The source's logits for the scenario's classes [dev × classes]; null without common classes. */
  readonly devLogits: Float32Array | null;
  /** Vectors of the source's own encoder for a new head; null where nothing can be trained. */
  readonly head: {
    readonly train: Float32Array;
    readonly trainLabels: Int32Array;
    readonly dev: Float32Array;
    readonly dimensions: number;
  } | null;
  readonly facts: Omit<RecipeFacts, 'distance' | 'reuse' | 'threshold' | 'newHead' | 'humanLook'>;
  readonly permutations: number;
  readonly seed: number;
}

/** Strength of the penalty with which the model process starts a head. */
const HEAD_C = 10;
/** Keeps the logarithm of a probability finite. */
const SMALLEST = 1e-12;

export const recipeTask: ComputeTask<
  RecipeTaskInput,
  { readonly recommendation: Recommendation; readonly distance: DomainDistance | null; readonly reuse: Measured | null }
> = {
  run(input, context) {
    const { labels } = input.costs;
    const rule = costRule(labels, input.costs.errorCosts, input.costs.humanLook);
    const measuredOf = ({ actual, predicted }: Answers): Measured | null => {
      const right = actual.reduce((sum, label, row) => sum + (label === predicted[row] ? 1 : 0), 0);
      const accuracy = shareEstimate(right, actual.length);
      if (accuracy === null) return null;
      return { accuracy, costPerThousand: 1000 * expectedCost(rule, actual, predicted, null), humanShare: 0 };
    };
    const reused =
      input.devLogits === null || input.devLabels.length === 0
        ? null
        : answersOf(input.devLabels, input.devLogits, labels.length);
    const reuse = reused === null ? null : measuredOf(reused);
    let threshold: Measured | null = null;
    if (reused !== null && reuse !== null && rule.humanLook !== null) {
      const { confidence, dev } = chooseRejectOption(rule, reused, reused);
      const kept = reused.confidence.filter((value) => value >= confidence).length;
      const right = reused.actual.filter(
        (label, row) => reused.confidence[row]! >= confidence && label === reused.predicted[row],
      ).length;
      threshold = {
        accuracy: shareEstimate(right, kept) ?? reuse.accuracy,
        costPerThousand: 1000 * dev.cost,
        humanShare: 1 - dev.coverage,
      };
    }
    const newHead =
      input.head === null || input.devLabels.length === 0
        ? null
        : measuredOf(headAnswers(input.head, input.devLabels, labels.length));
    const distance = input.distance === null ? null : distanceOf(input, context.progress);
    const facts: RecipeFacts = { ...input.facts, humanLook: rule.humanLook, distance, reuse, threshold, newHead };
    return { recommendation: recommendRecipe(facts), distance, reuse };
  },
};

/** A new head on frozen vectors, as a training of the head begins with it; dev stays unseen. */
function headAnswers(
  { train, trainLabels, dev, dimensions }: NonNullable<RecipeTaskInput['head']>,
  devLabels: Int32Array,
  classes: number,
): Answers {
  const model = fitLogistic(denseRows(train, dimensions), trainLabels, { classes, c: HEAD_C });
  const probabilities = predictLogistic(model, denseRows(dev, dimensions));
  const logits = probabilities.map((p) => Math.log(Math.max(p, SMALLEST)));
  return answersOf(devLabels, logits, classes);
}

function distanceOf(
  { distance, permutations, seed }: RecipeTaskInput,
  progress: Parameters<typeof recipeTask.run>[1]['progress'],
): DomainDistance | null {
  if (distance === null) return null;
  const found = domainClassifier({
    reference: distance.reference,
    current: distance.current,
    dimensions: distance.dimensions,
    groups: unpackStrings(distance.texts).map(comparisonForm),
    permutations,
    rng: createRng(seed),
    onProgress: (fraction) =>
      progress({
        fraction,
        phase: 'resampling',
        done: Math.round(fraction * permutations),
        total: permutations,
        unit: 'resamples',
        rate: null,
        etaMs: null,
      }),
  });
  return {
    auc: found.auc,
    bandLow: found.bandLow,
    bandHigh: found.bandHigh,
    pValue: found.pValue,
    differs: found.differs,
    scenarioRows: found.currentRows,
    sourceRows: found.referenceRows,
    folds: found.folds,
    permutations: found.permutations,
  };
}

export const rejectTask: ComputeTask<
  {
    readonly costs: Costs;
    readonly devLabels: Int32Array;
    readonly devLogits: Float32Array;
    readonly testLabels: Int32Array;
    readonly testLogits: Float32Array;
  },
  RejectOption
> = {
  run({ costs, devLabels, devLogits, testLabels, testLogits }) {
    const classes = costs.labels.length;
    return chooseRejectOption(
      costRule(costs.labels, costs.errorCosts, costs.humanLook),
      answersOf(devLabels, devLogits, classes),
      answersOf(testLabels, testLogits, classes),
    );
  },
};

/** Changed texts of at most `mostRows` rows, drawn once for all changes so that they are of the same texts. */
export const perturbTask: ComputeTask<
  {
    readonly texts: StringTable;
    readonly ids: readonly PerturbationId[];
    readonly mostRows: number;
    readonly seed: number;
  },
  readonly { readonly id: PerturbationId; readonly rows: Int32Array; readonly texts: StringTable }[]
> = {
  run({ texts: table, ids, mostRows, seed }) {
    const texts = unpackStrings(table);
    const all = Int32Array.from(texts.keys());
    const drawn = all.length <= mostRows ? all : shuffle(all, createRng(seed)).slice(0, mostRows).sort();
    return ids.map((id, at) => {
      const rows: number[] = [];
      const changed: string[] = [];
      for (const row of drawn) {
        const text = perturbText(id, texts[row]!, createRng(seed + 1000 * (at + 1) + row));
        if (text === null) continue;
        rows.push(row);
        changed.push(text);
      }
      return { id, rows: Int32Array.from(rows), texts: packStrings(changed) };
    });
  },
};

export interface TestsTaskInput extends Omit<ScenarioTestsInput, 'answers' | 'costs' | 'perturbed'> {
  readonly costs: Costs;
  readonly actual: Int32Array;
  /** Logits of the scenario's classes [rows × classes]. */
  readonly logits: Float32Array;
  readonly rejectBelow: number | null;
  readonly perturbed: readonly {
    readonly id: PerturbationId;
    readonly rows: Int32Array;
    readonly logits: Float32Array;
  }[];
}

export const scenarioTestsTask: ComputeTask<
  TestsTaskInput,
  ScenarioTestsResult & { readonly predicted: Int32Array; readonly confidence: Float32Array }
> = {
  run({ costs, actual, logits, rejectBelow, perturbed, ...rest }) {
    const classes = costs.labels.length;
    const answers = answersOf(actual, logits, classes);
    const result = scenarioTests({
      ...rest,
      answers: { labels: costs.labels, ...answers, rejectBelow },
      costs: costRule(costs.labels, costs.errorCosts, costs.humanLook),
      perturbed: perturbed.map(({ id, rows, logits: after }) => ({
        id,
        rows,
        predicted: answersOf(new Int32Array(rows.length), after, classes).predicted,
      })),
    });
    return { ...result, predicted: answers.predicted, confidence: answers.confidence };
  },
};
