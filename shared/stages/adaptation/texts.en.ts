import type { TextShape } from '../../i18n/text-shape.ts';
import { adaptationScreenEn } from './screen.en.ts';
import type { adaptationTextsZhCN } from './texts.zh-CN.ts';

export const adaptationTextsEn: TextShape<typeof adaptationTextsZhCN> = {
  name: 'Adaptation',
  about: 'Puts the model into concrete business scenarios and tests it against the limits that the needs set.',
  step: {
    scenarios: { title: 'Scenarios', lead: 'Who uses it, what goes in, and what an error costs.' },
    recipe: { title: 'Recipe', lead: 'A recommended way to adapt, from data size and distance to the source domain.' },
    tests: {
      title: 'Scenario tests',
      lead: 'Metrics, slices, robustness, fairness and latency, each against its limit.',
    },
    matrix: {
      title: 'Scenario × model',
      lead: 'Which model for which scenario, and whether earlier scenarios were forgotten.',
    },
    tables: {
      title: 'Score tables',
      lead: 'Predicts an outcome such as default or churn from the columns of a table, with a reason for every case and a comparison of groups.',
    },
  },
  figure: {
    testsPassed: 'scenario tests passed, of {text}',
    latency: 'p95 latency',
    belowLimit: '{count, plural:slice|slices} below limit',
  },
  next: {
    addScenario: 'Set up a first business scenario',
    recommend: 'Recommend how to adapt to the scenario',
    adapt: 'Adapt a model by the recipe',
    test: 'Test the adapted model against its limits',
    choose: 'Choose the model of each scenario',
    scoreTable: 'Score the imported table',
  },
  artifact: {
    scenario: 'Scenario',
    limits: 'Limits of the scenario',
    data: 'Data of the scenario',
    recipe: 'Recipe',
    trainingPlan: 'Cost of trainings',
    model: 'Adapted model',
    explanation: 'Explanation',
    faithfulness: 'Faithfulness of explanations',
    tests: 'Scenario tests',
    choice: 'Chosen models',
    table: 'Scored table',
  },
  screen: adaptationScreenEn,
};
