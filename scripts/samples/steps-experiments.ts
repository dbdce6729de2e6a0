import type { SampleLanguage } from './compose.ts';
import { makeBrokenExperiment, makeExperiment } from './experiment.ts';
import { EXPERIMENT_WORDS, SUS_ITEMS } from './experiment-words.ts';
import { needOfItem } from './needs.ts';
import { type SampleStep, step } from './step.ts';
import { makeUsability } from './usability.ts';

/** Files of U: an A/B test that works (d3), one that is broken (d4), a usability questionnaire (d5). */
export function experimentFiles(language: SampleLanguage, seed: number) {
  const experiment = makeExperiment(language, seed);
  const broken = makeBrokenExperiment(language, seed + 1);
  const usability = makeUsability(language, seed + 2);
  return {
    tables: {
      'experiment.csv': experiment.table,
      'experiment-srm.csv': broken.table,
      'usability.csv': usability.table,
    },
    planted: { experiment: experiment.planted, experimentSrm: broken.planted, usability: usability.planted },
  };
}

/** Imports of d3, d4 and d5. */
export function experimentImports(language: SampleLanguage): SampleStep[] {
  const { names } = EXPERIMENT_WORDS[language];
  const file = (source: string, name: string, kind: 'experiment' | 'usability') =>
    step('demand.importSource', { sourceId: `file:${source}`, name, kind, overrides: {}, columns: null });
  return [
    file('experiment.csv', names.experiment, 'experiment'),
    file('experiment-srm.csv', names.faster, 'experiment'),
    file('usability.csv', names.usability, 'usability'),
  ];
}

const METRIC = { scale: null, needId: null } as const;

/** Reads both A/B tests and the questionnaire, links the first test to a product strategy, and ranks. */
export function experimentSteps(language: SampleLanguage, seed: number): SampleStep[] {
  const { names, headers, fasterHeaders, arms, fasterArms, screens } = EXPERIMENT_WORDS[language];
  const explainability = needOfItem('explainability');
  return [
    step('competitiveness.analyseExperiment', {
      experimentId: null,
      name: names.experiment,
      source: {
        type: 'rows',
        datasetId: 'd3',
        unitColumn: 'c0',
        armColumn: 'c2',
        metrics: [
          {
            ...METRIC,
            columnId: 'c3',
            name: headers.understood,
            type: 'proportion',
            direction: 'up',
            role: 'primary',
            needId: explainability,
          },
          {
            ...METRIC,
            columnId: 'c4',
            name: headers.satisfaction,
            type: 'mean',
            direction: 'up',
            role: 'secondary',
            scale: { low: 1, high: 5 },
          },
          { ...METRIC, columnId: 'c5', name: headers.repeat, type: 'proportion', direction: 'down', role: 'guardrail' },
          { ...METRIC, columnId: 'c6', name: headers.minutes, type: 'mean', direction: 'down', role: 'secondary' },
        ],
      },
      controlArm: arms.today,
      expectedShares: null,
      level: 0.95,
    }),
    step('competitiveness.analyseExperiment', {
      experimentId: null,
      name: names.faster,
      source: {
        type: 'rows',
        datasetId: 'd4',
        unitColumn: 'c0',
        armColumn: 'c2',
        metrics: [
          {
            ...METRIC,
            columnId: 'c3',
            name: fasterHeaders.solved,
            type: 'proportion',
            direction: 'up',
            role: 'primary',
            needId: needOfItem('speed'),
          },
          {
            ...METRIC,
            columnId: 'c4',
            name: fasterHeaders.seconds,
            type: 'mean',
            direction: 'down',
            role: 'secondary',
          },
        ],
      },
      controlArm: fasterArms.today,
      expectedShares: null,
      level: 0.95,
    }),
    step('competitiveness.analyseUsability', {
      usabilityId: null,
      name: names.usability,
      datasetId: 'd5',
      itemColumns: Array.from({ length: SUS_ITEMS }, (_, item) => `c${item + 2}`),
      groupColumn: 'c1',
      referenceGroup: screens.before,
      level: 0.95,
    }),
    step('competitiveness.setStrategies', {
      referenceId: null,
      limits: { latencyP95Ms: 300, sizeMb: 120, mustBe: [] },
      others: [
        {
          id: 'O1',
          name: names.strategy,
          type: 'product',
          gains: [
            {
              needId: explainability,
              source: { type: 'experiment', experimentId: 'E1', metric: 'c3', arm: arms.reasons },
            },
          ],
          latencyP95Ms: null,
          sizeMb: null,
        },
      ],
      decisionShare: 0.8,
    }),
    step('competitiveness.decide', { draws: 2000, seed }),
  ];
}
