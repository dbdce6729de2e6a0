import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import type { SampleLanguage } from './compose.ts';
import { type SampleStep, step } from './step.ts';

const NAMES = {
  'zh-CN': { tickets: '上线后的工单', messages: '第二轮：客户留言', questionnaire: '第二轮：满意度问卷' },
  en: { tickets: 'Tickets after go-live', messages: 'Round 2: messages', questionnaire: 'Round 2: survey' },
} as const;

/** Data of the service stage: tickets (d7) and the second feedback round (d8, d9), imported and cleaned as the first round was. */
export function serviceSteps(language: SampleLanguage): SampleStep[] {
  const names = NAMES[language];
  const masked = { ...defaultRecipe, personalData: { ...defaultRecipe.personalData, enabled: true } };
  const answered = { ...defaultRecipe, straightLiners: { ...defaultRecipe.straightLiners, enabled: true } };
  const importOf = (file: string, name: string, kind: string) =>
    step('demand.importSource', { sourceId: `file:${file}`, name, kind, overrides: {}, columns: null });
  return [
    importOf('tickets.csv', names.tickets, 'tickets'),
    importOf('round-messages.csv', names.messages, 'round'),
    importOf('round-questionnaire.csv', names.questionnaire, 'round'),
    step('demand.clean', { datasetId: 'd7', recipe: masked }),
    step('demand.clean', { datasetId: 'd8', recipe: masked }),
    step('demand.clean', { datasetId: 'd9', recipe: answered }),
  ];
}
