import type { SampleLanguage } from './compose.ts';
import { needOfItem } from './needs.ts';
import { PILOT_WORDS } from './pilot.ts';
import { type SampleStep, step } from './step.ts';

const SEED = 42;
const OUTCOME = 4;
const COMPLAINT = 5;
const SATISFACTION = 6;

const WORDS = {
  'zh-CN': {
    pilot: '网点试点：六周',
    owner: '客服部负责人',
    riskOwner: '风险管理部负责人',
    contacts: '客户联系',
    firstContact: '让更多客户第一次联系就得到答复',
    firstContactKpi: '首次联系解决的比例',
    repeat: '减少因看不懂拒绝原因而再次来问的客户',
    repeatKpi: '再次来问同一件事的比例',
    places: ['行内机房', '行内机房', '手机银行与网点系统', '客服中心', '行内机房'],
    teams: ['信息科技部', '数据管理部', '信息科技部', '客服部', '客服部与信息科技部'],
    source: '客户留言与网点来信',
    fields: '内容、日期、客户类型；不含姓名与账号',
    note: '每条留言调用一次；低于置信度阈值的交人工。',
    server: '服务器',
    operations: '运维',
    review: '人工复核',
    assumptions: ['留言量按上线后全部网点估计。', '人工复核每条约两分钟。'],
    planName: '信贷助手网点试点',
    role: '客服部负责人',
    signer: '客户方项目负责人',
  },
  en: {
    pilot: 'Branch pilot, six weeks',
    owner: 'Head of customer service',
    riskOwner: 'Head of risk management',
    contacts: 'contacts',
    firstContact: 'More customers get their answer at the first contact',
    firstContactKpi: 'Share resolved at first contact',
    repeat: 'Fewer customers ask again because a decline was not explained',
    repeatKpi: 'Share who ask the same thing again',
    places: [
      'Bank data centre',
      'Bank data centre',
      'Mobile app and branch system',
      'Service centre',
      'Bank data centre',
    ],
    teams: ['IT', 'Data management', 'IT', 'Customer service', 'Customer service and IT'],
    source: 'Messages of customers and branches',
    fields: 'Text, date and segment; no names, no account numbers',
    note: 'One call per message; below the confidence threshold a person answers.',
    server: 'Server',
    operations: 'Operations',
    review: 'Review by a person',
    assumptions: ['The number of messages is for all branches after go-live.', 'A review takes about two minutes.'],
    planName: 'Branch pilot of the credit assistant',
    role: 'Head of customer service',
    signer: 'The customer’s project lead',
  },
} as const satisfies Readonly<Record<SampleLanguage, unknown>>;

/** Import of the pilot's file as d6: after the experiments (d3 to d5), before tickets and the second round (d7 to d9). */
export function pilotImport(language: SampleLanguage): SampleStep[] {
  const name = WORDS[language].pilot;
  return [
    step('demand.importSource', { sourceId: 'file:pilot.csv', name, kind: 'pilot', overrides: {}, columns: null }),
  ];
}

/** Two goals that the heaviest need speaks for: with money, and without. */
export function goalSteps(language: SampleLanguage): SampleStep[] {
  const words = WORDS[language];
  const needIds = [needOfItem('explainability')];
  return [
    step('landing.saveGoal', {
      goalId: null,
      settings: {
        title: words.firstContact,
        kpi: words.firstContactKpi,
        unit: 'share',
        direction: 'increase',
        baseline: 0.58,
        target: 0.66,
        dueDate: '2027-03-31',
        owner: words.owner,
        needIds: [...needIds, needOfItem('speed')],
        value: {
          unitName: words.contacts,
          currency: 'CNY',
          unitsPerYear: { low: 380_000, likely: 450_000, high: 520_000 },
          change: { low: 0.03, likely: 0.08, high: 0.11 },
          valuePerUnit: { low: 9, likely: 14, high: 22 },
        },
      },
    }),
    step('landing.saveGoal', {
      goalId: null,
      settings: {
        title: words.repeat,
        kpi: words.repeatKpi,
        unit: 'share',
        direction: 'decrease',
        baseline: 0.28,
        target: 0.2,
        dueDate: '2027-06-30',
        owner: words.riskOwner,
        needIds,
        value: null,
      },
    }),
  ];
}

/** The solution around a model of the project. */
export function solutionSteps(language: SampleLanguage, modelId: string, scenarioId: string | null): SampleStep[] {
  const words = WORDS[language];
  const kinds = ['model-service', 'data-access', 'service-integration', 'human-review', 'monitoring'] as const;
  const risk = (code: string, likelihood: number, impact: number, owner: string) => ({
    code,
    name: '',
    likelihood,
    impact,
    mitigation: '',
    owner,
  });
  return [
    step('landing.setSolution', {
      modelId,
      scenarioId,
      components: kinds.map((kind, index) => ({
        kind,
        name: '',
        what: '',
        where: words.places[index],
        who: words.teams[index],
      })),
      dataAccess: [{ source: words.source, fields: words.fields, personalData: 'masked', retentionDays: 180 }],
      integration: { interface: 'http', authentication: 'mutual-tls', note: words.note },
      load: {
        textsPerDay: { low: 1000, likely: 1250, high: 1600 },
        hoursPerDay: 10,
        daysPerYear: 365,
        peakFactor: { low: 3, likely: 6, high: 20 },
        utilisationTarget: 0.6,
        spareInstances: 1,
        logDays: 180,
        bytesPerText: 800,
        versionsKept: 2,
        reviewShare: { low: 0.05, likely: 0.1, high: 0.2 },
      },
      currency: 'CNY',
      costs: [
        {
          id: 'k1',
          name: words.server,
          basis: 'per-instance',
          amount: { low: 15_000, likely: 20_000, high: 30_000 },
        },
        {
          id: 'k2',
          name: words.operations,
          basis: 'per-year',
          amount: { low: 80_000, likely: 110_000, high: 160_000 },
        },
        { id: 'k3', name: words.review, basis: 'per-review', amount: { low: 1.5, likely: 2, high: 3 } },
      ],
      risks: [
        risk('explain-every-decision', 3, 4, words.riskOwner),
        risk('sensitive-data', 2, 5, words.riskOwner),
        risk('small-class', 3, 3, words.owner),
        risk('other-hardware', 3, 2, words.teams[0]),
      ],
      assumptions: [...words.assumptions],
    }),
    step('landing.computeSolution', { seed: SEED }),
  ];
}

/** A plan with a goal, guardrails and one look for harm, signed; then its data. */
export function pilotSteps(language: SampleLanguage): SampleStep[] {
  const words = WORDS[language];
  const { headers, control, treatment } = PILOT_WORDS[language];
  return [
    step('landing.planPilot', {
      name: words.planName,
      goalId: 'G1',
      design: 'arms',
      metric: {
        name: headers[OUTCOME],
        type: 'proportion',
        direction: 'increase',
        baseline: 0.58,
        standardDeviation: null,
      },
      baselineOrigin: { type: 'artifact', slot: 'landing.goal:G1' },
      smallestEffect: 0.07,
      targetEffect: 0.08,
      level: 0.95,
      power: 0.8,
      ratio: 1,
      unitsPerDay: 38,
      guardrails: [
        {
          id: 'g1',
          name: headers[COMPLAINT],
          type: 'proportion',
          better: 'lower',
          baseline: 0.04,
          standardDeviation: null,
          margin: 0.03,
        },
        {
          id: 'g2',
          name: headers[SATISFACTION],
          type: 'mean',
          better: 'higher',
          baseline: 3.5,
          standardDeviation: 0.95,
          margin: 0.2,
        },
      ],
      stopRule: { type: 'harm', fraction: 0.5 },
      forecastSlot: null,
      signedBy: { name: words.signer, role: words.role },
    }),
    step('landing.evaluatePilot', {
      datasetId: 'd6',
      columns: {
        unit: 'c0',
        arm: { columnId: 'c2', control, treatment },
        period: null,
        outcome: 'c4',
        guardrails: [
          { guardrailId: 'g1', columnId: 'c5' },
          { guardrailId: 'g2', columnId: 'c6' },
        ],
        segment: 'c3',
      },
    }),
  ];
}
