import type { SampleManifest } from '../../electron/hosting/sample.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import type { SampleLanguage } from './compose.ts';
import { QUESTIONNAIRE_ITEMS } from './labels.ts';
import { loansImport, loansRest } from './loans.ts';
import { sampleNeeds } from './needs.ts';
import { adaptationRest } from './rest-adaptation.ts';
import { competitivenessRest } from './rest-competitiveness.ts';
import { landingRest } from './rest-landing.ts';
import { reportRest } from './rest-report.ts';
import { serviceRest } from './rest-service.ts';
import { step } from './step.ts';
import { experimentImports } from './steps-experiments.ts';
import { pilotImport } from './steps-landing.ts';
import { serviceSteps } from './steps-service.ts';
import { SAMPLE_TARGETS } from './targets.ts';

/** Column ids by place, as an import gives them. */
const CATEGORY_COLUMN = 'c6';
const FIRST_ITEM_COLUMN = 3;
const OUTCOME_COLUMN = `c${FIRST_ITEM_COLUMN + QUESTIONNAIRE_ITEMS.length}`;
const SEED = 42;
/** As many as there are kinds of request; what the texts alone would suggest is the number of phrasings. */
const TOPICS = 10;

const WORDS = {
  'zh-CN': {
    name: '示例：某银行信贷助手',
    customer: '某银行',
    period: '2026年3月至8月',
    messages: '客户与客户经理留言',
    questionnaire: '满意度问卷',
    modelId: 'bge-small-zh-v1.5',
  },
  en: {
    name: 'Sample: a bank’s credit assistant',
    customer: 'A bank',
    period: 'March to August 2026',
    messages: 'Messages of customers and officers',
    questionnaire: 'Satisfaction survey',
    modelId: 'all-MiniLM-L6-v2',
  },
} as const;

/** `sample.json`: the requests by which the sample project comes to be. Stage 1 is computed through to f1, stage 2 is made ready and left
 *  for the learner to train; what takes longer goes on while the project is already on the screen. */
export function sampleManifest(language: SampleLanguage): SampleManifest {
  const { name, customer, period, messages, questionnaire, modelId } = WORDS[language];
  return {
    name,
    customer,
    period,
    steps: [
      step('demand.importSource', {
        sourceId: 'file:messages.csv',
        name: messages,
        kind: 'feedback',
        overrides: {},
        columns: null,
      }),
      step('demand.importSource', {
        sourceId: 'file:questionnaire.csv',
        name: questionnaire,
        kind: 'questionnaire',
        overrides: {},
        columns: null,
      }),
      ...experimentImports(language),
      ...pilotImport(language),
      ...serviceSteps(language),
      ...loansImport(language),
      step('demand.clean', {
        datasetId: 'd1',
        recipe: { ...defaultRecipe, personalData: { ...defaultRecipe.personalData, enabled: true } },
      }),
      step('demand.clean', {
        datasetId: 'd2',
        recipe: { ...defaultRecipe, straightLiners: { ...defaultRecipe.straightLiners, enabled: true } },
      }),
      step('demand.setTargets', SAMPLE_TARGETS),
      step('competitiveness.chooseLabels', {
        type: 'columns',
        columns: [{ datasetId: 'd1', columnId: CATEGORY_COLUMN }],
      }),
      step('competitiveness.prepareData', {
        test: { type: 'share', share: 0.2 },
        devShare: 0.1,
        modelId,
        maxLength: 64,
        seed: SEED,
      }),
      step('competitiveness.setStrategies', {
        referenceId: null,
        limits: { latencyP95Ms: 300, sizeMb: 120, mustBe: [] },
        others: [],
        decisionShare: 0.8,
      }),
      step('demand.setNeeds', sampleNeeds(language)),
      step('demand.computeScores', {}),
      step(
        'demand.analyseDrivers',
        {
          datasetId: 'd2',
          outcomeColumn: OUTCOME_COLUMN,
          itemColumns: QUESTIONNAIRE_ITEMS.map((_, i) => `c${FIRST_ITEM_COLUMN + i}`),
          resamples: 1000,
          seed: SEED,
        },
        false,
      ),
      step('demand.discoverTopics', { topics: TOPICS, modelId, seed: SEED }, false),
      step('demand.computeNeeds', { resamples: 1000, seed: SEED }, false),
      step('demand.computeRequirements', {}, false),
      step('competitiveness.measureFloors', { modelId, seed: SEED }, false),
    ],
    rest: [
      ...competitivenessRest(language),
      ...adaptationRest(language),
      ...loansRest(language),
      ...landingRest(language),
      ...serviceRest(language),
      ...reportRest(language),
    ],
  };
}
