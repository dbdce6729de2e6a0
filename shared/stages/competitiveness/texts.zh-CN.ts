import type { StageTexts } from '../../i18n/text-shape.ts';
import type { competitiveness } from './contract.ts';
import { competitivenessScreenZhCN } from './screen.zh-CN.ts';

export const competitivenessTextsZhCN = {
  name: '产品竞争力',
  about: '按需求微调和压缩模型，用锁定的测试集比较，再在限制之内给策略排名：f2 = g(f1(D), P, U)。',
  step: {
    data: { title: '数据检查', lead: '训练之前先看类别数量、重复与泄漏，再锁定测试集。' },
    models: { title: '模型与训练', lead: '候选模型在锁定的测试集上比较；虚线是最简单的做法，低于它就不值得用。' },
    compression: { title: '压缩与评测', lead: '更小、更快的版本与原模型逐条比较；超出容许的损失就拒绝。' },
    experiments: { title: '实验 U', lead: 'A/B 测试和可用性评分：用户实际感受到的差别。' },
    strategy: { title: '策略 f2', lead: '在延迟、大小和预算的限制内，每个策略有多少把握排第一。' },
  },
  figure: {
    accuracy: '准确率：{text}',
    aboveFloor: '与最强的简单做法相差（百分点）',
    latency: 'p95 延迟',
  },
  next: {
    labels: '确定训练用的标签',
    split: '划分数据并锁定测试集',
    floors: '算出最简单做法的水平',
    train: '训练第一个候选模型',
    decide: '给策略排名',
  },
  artifact: {
    labels: '标签',
    split: '数据划分',
    floors: '最简单的做法',
    trainingPlan: '训练开销预估',
    run: '训练运行',
    compressed: '压缩后的模型',
    hubExport: 'Hugging Face 导出',
    jobExport: '交给其他引擎的训练',
    importedModel: '导入的基础模型',
    paraphrases: '回译',
    classified: '试一试的回答',
    explanation: '解释',
    faithfulness: '解释的可信度',
    experiment: '用户实验',
    usability: '可用性问卷',
    encoder: '相似度编码器',
    taskData: '要预测的数据',
    taskFloors: '最简单的做法',
    taskRun: '训练运行',
    taskAnswers: '试用的回答',
    strategies: '策略清单',
    decision: '策略 f2',
  },
  screen: competitivenessScreenZhCN,
} as const satisfies StageTexts<typeof competitiveness.steps>;
