import { DEFAULT_PART_WEIGHTS, type NeedsSetup } from '../../shared/stages/demand/results.ts';
import type { SampleLanguage } from './compose.ts';
import { MESSAGE_WORDS, QUESTIONNAIRE_HEADERS, QUESTIONNAIRE_ITEMS, type QuestionnaireItem } from './labels.ts';
import type { Intent } from './phrases.ts';

/** The survey item that asks about what a kind of request is about. */
const ITEM_OF_REQUEST: Partial<Readonly<Record<Intent, QuestionnaireItem>>> = {
  'explain-decline': 'explainability',
  'score-wrong': 'accuracy',
  'response-speed': 'speed',
  'interface-integration': 'integrationCost',
  'data-privacy': 'privacy',
  'human-handover': 'service',
  fees: 'price',
};
const FIRST_ITEM_COLUMN = 3;

/** The id of the need that a survey item stands for, as the program itself would give it. */
export function needOfItem(item: QuestionnaireItem): string {
  return `n-d2-c${FIRST_ITEM_COLUMN + QUESTIONNAIRE_ITEMS.indexOf(item)}`;
}

/** What customers write about and what the survey asks, put together: each item with the kind of request that is about it. */
export function sampleNeeds(language: SampleLanguage): NeedsSetup {
  const requestTypes = MESSAGE_WORDS[language].requestTypes;
  return {
    grouping: 'labels',
    partWeights: DEFAULT_PART_WEIGHTS,
    needs: QUESTIONNAIRE_ITEMS.map((item) => ({
      id: needOfItem(item),
      name: QUESTIONNAIRE_HEADERS[language][item].replaceAll('_', ' '),
      topicIds: Object.entries(ITEM_OF_REQUEST)
        .filter(([, asked]) => asked === item)
        .map(([intent]) => `l-${requestTypes[intent as Intent]}`),
      items: [{ datasetId: 'd2', columnId: `c${FIRST_ITEM_COLUMN + QUESTIONNAIRE_ITEMS.indexOf(item)}` }],
    })),
  };
}
