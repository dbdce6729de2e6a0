import type { StageTexts } from '../../i18n/text-shape.ts';
import type { demand } from './contract.ts';
import { demandScreenZhCN } from './screen.zh-CN.ts';

export const demandTextsZhCN = {
  name: '需求理解',
  about: '把问卷、反馈和工单清洗、归类，得出每个需求有多重要、把握有多大：f1(D)。',
  step: {
    import: { title: '导入', lead: '读入问卷、反馈、工单和访谈，指定每一列的用途。原始行始终保留。' },
    clean: { title: '清洗', lead: '每个清洗步骤都记录在案、可以关闭；看它去掉了哪些行。' },
    topics: { title: '主题与编码', lead: '把意思相近的文本归在一起；名称和归并可以修改，修改在重算后保留。' },
    drivers: { title: '满意度与驱动', lead: '总体满意度由哪些方面推动；细线是 95 % 区间。' },
    needs: { title: '需求模型 f1', lead: '每个需求有多重要、把握有多大。条形为权重的来源，细线为重采样的 95 % 区间。' },
  },
  figure: {
    rows: '{count, plural:反馈与问卷条数}',
    needs: '{count, plural:需求数}',
    firstNeed: '首位需求：{text}',
  },
  next: {
    import: '导入第一份问卷或反馈',
    clean: '清洗 {count} 个新数据集',
    topics: '从文本中找出主题',
    drivers: '计算“{dataset}”的满意度驱动',
    needs: '算出需求模型 f1',
    targets: '为需求设定目标值',
  },
  artifact: {
    dataset: '数据集',
    adoption: '纳入需求数据',
    roles: '列的用途',
    clean: '清洗结果',
    embeddings: '文本向量',
    topics: '主题',
    topicEdits: '主题修改',
    satisfaction: '文本满意度',
    scores: '满意度指标',
    drivers: '驱动分析',
    needsSetup: '需求设置',
    needs: '需求模型 f1',
    targets: '目标值',
    requirements: '需求参数',
  },
  screen: demandScreenZhCN,
} as const satisfies StageTexts<typeof demand.steps>;
