import type { StageTexts } from '../../i18n/text-shape.ts';
import type { adaptation } from './contract.ts';
import { adaptationScreenZhCN } from './screen.zh-CN.ts';

export const adaptationTextsZhCN = {
  name: '业务适配',
  about: '把模型放进具体业务场景，按需求定下的门槛逐项测试。',
  step: {
    scenarios: { title: '场景', lead: '谁用、输入是什么、出错的代价多大。' },
    recipe: { title: '适配方案', lead: '按数据量和与原领域的距离，推荐怎样适配。' },
    tests: { title: '场景测试', lead: '指标、切片、稳健、公平与延迟，逐项对照门槛。' },
    matrix: { title: '场景 × 模型', lead: '每个场景选哪个模型，以及有没有忘掉旧场景。' },
    tables: { title: '表格评分', lead: '从表格的各列预测违约、流失这类结果，逐笔说明原因，并比较各组是否同样对待。' },
  },
  figure: {
    testsPassed: '场景测试通过（共 {text} 项）',
    latency: 'p95 延迟',
    belowLimit: '{count, plural:切片}低于门槛',
  },
  next: {
    addScenario: '建立第一个业务场景',
    recommend: '为场景推荐适配方案',
    adapt: '按方案适配模型',
    test: '按门槛测试适配后的模型',
    choose: '为每个场景选定模型',
    scoreTable: '给导入的表格建评分模型',
  },
  artifact: {
    scenario: '场景',
    limits: '场景门槛',
    data: '场景数据',
    recipe: '适配方案',
    trainingPlan: '训练开销预估',
    model: '适配模型',
    explanation: '解释',
    faithfulness: '解释的可信度',
    tests: '场景测试',
    choice: '选定的模型',
    table: '表格评分',
  },
  screen: adaptationScreenZhCN,
} as const satisfies StageTexts<typeof adaptation.steps>;
