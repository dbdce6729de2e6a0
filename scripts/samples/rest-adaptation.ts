import type { Scenario } from '../../shared/stages/adaptation/results.ts';
import { suggestLimits } from '../../shared/stages/adaptation/suggest-limits.ts';
import { type TemplateId, templateOf } from '../../shared/stages/adaptation/templates.ts';
import type { SampleLanguage } from './compose.ts';
import { MESSAGE_WORDS } from './labels.ts';
import { needOfItem } from './needs.ts';
import { type SampleStep, step } from './step.ts';
import { SAMPLE_TARGETS } from './targets.ts';
import { TICKET_WORDS } from './ticket-words.ts';

/** Column ids by place, as an import gives them. */
const MESSAGE_COLUMNS = { segment: 'c4', category: 'c6' } as const;
const QUEUE_COLUMN = 'c7';
const SEED = 42;

const WORDS = {
  'zh-CN': {
    service: {
      name: '客户留言分派',
      users: '客服坐席按类别接手留言；客户只感受到转得对不对、快不快。',
      inputs: '个人、小微和对公客户的留言，一条几十个字，常夹着两件事。',
      notes: '留言里的姓名、电话、卡号先脱敏；录音转写已告知客户。',
      model: '客户留言：R1 加转人工门槛',
    },
    risk: {
      name: '信贷风险分流',
      users: '信贷审批员只看“信贷审核”队列；漏到别处的，要晚一天才有人看。',
      inputs: '上线后的工单原文，附带优先级和处理团队。',
      notes: '拒绝要说得出理由；最后决定由审批员作出；不按地区区别对待。',
      model: '信贷分流：R1 换分类头',
    },
  },
  en: {
    service: {
      name: 'Routing customers’ messages',
      users: 'Agents take messages by class; customers only notice whether they reached the right desk, and how soon.',
      inputs:
        'Messages of individuals, small businesses and corporates, a few dozen words, often with two matters in one.',
      notes: 'Names, phones and card numbers are masked first; callers were told that they are transcribed.',
      model: 'Customers’ messages: R1 with a threshold',
    },
    risk: {
      name: 'Sorting credit risk',
      users: 'Credit officers only see the queue “Credit review”; what lands elsewhere waits a day longer.',
      inputs: 'Tickets since go-live as they were written, with priority and team.',
      notes: 'A refusal needs reasons; an officer takes the decision; regions are treated alike.',
      model: 'Credit risk: R1 with a new head',
    },
  },
} as const;

/** What the one button does in this stage: two scenarios, a model adapted to each, their tests and the choice. */
export function adaptationRest(language: SampleLanguage): SampleStep[] {
  const { service, risk } = WORDS[language];
  const served = [needOfItem('explainability'), needOfItem('accuracy')];
  const customers = MESSAGE_WORDS[language].customerSegments;
  const adapt = { sourceId: 'R1', config: null, seed: SEED };
  return [
    step('adaptation.saveScenario', {
      scenarioId: null,
      scenario: scenario('customer-service', service, {
        data: {
          datasetId: 'd1',
          labelColumn: MESSAGE_COLUMNS.category,
          filter: { columnId: MESSAGE_COLUMNS.segment, values: [...customers] },
        },
        errorCosts: [],
        needIds: served,
      }),
    }),
    step('adaptation.saveScenario', {
      scenarioId: null,
      scenario: scenario('financial-risk', risk, {
        data: { datasetId: 'd7', labelColumn: QUEUE_COLUMN, filter: null },
        errorCosts: [{ label: TICKET_WORDS[language].queues['credit-review'], miss: 8, falseAlarm: 1 }],
        needIds: [],
      }),
    }),
    step('adaptation.recommendRecipe', { scenarioId: 'S1', sourceId: 'R1', seed: SEED }),
    step('adaptation.adapt', { ...adapt, scenarioId: 'S1', recipe: 'threshold', name: service.model, reject: true }),
    step('adaptation.recommendRecipe', { scenarioId: 'S2', sourceId: 'R1', seed: SEED }),
    step('adaptation.adapt', { ...adapt, scenarioId: 'S2', recipe: 'new-head', name: risk.model, reject: true }),
    step('adaptation.runTests', { scenarioId: 'S1', modelId: 'A1', seed: SEED }),
    step('adaptation.runTests', { scenarioId: 'S2', modelId: 'A2', seed: SEED }),
    step('adaptation.chooseModel', { scenarioId: 'S1', modelId: 'A1' }),
    step('adaptation.chooseModel', { scenarioId: 'S2', modelId: 'A2' }),
  ];
}

/** A scenario with the template's figures. Limits of needs and targets take the value of the day when they are saved. */
function scenario(
  templateId: TemplateId,
  words: { readonly name: string; readonly users: string; readonly inputs: string; readonly notes: string },
  own: Pick<Scenario, 'data' | 'errorCosts' | 'needIds'>,
): Scenario {
  const template = templateOf(templateId);
  const accuracy = SAMPLE_TARGETS.accuracy ?? 0;
  return {
    name: words.name,
    templateId,
    users: words.users,
    inputs: words.inputs,
    labelMap: null,
    volumePerDay: template.volumePerDay,
    humanLook: template.humanLook,
    limits: [
      ...suggestLimits(templateId, [], { needs: null, targets: SAMPLE_TARGETS }),
      ...own.needIds.map((needId) => ({
        test: 'needAccuracy' as const,
        needId,
        value: accuracy,
        origin: { type: 'need' as const, needId },
      })),
    ],
    complianceTopics: [...template.compliance],
    complianceNotes: words.notes,
    ...own,
  };
}
