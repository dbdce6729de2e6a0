/** 为相似度微调编码器的界面文字。 */
export const encodersScreenZhCN = {
  title: '为相似度微调的编码器（没有分类头）',
  when: '想让主题、近邻更合你的标签时用：同一标签的文本拉近，不同标签的推开（监督对比学习）。它不回答类别，只给出向量；第一阶段找主题时可以选它。',
  base: '基础编码器',
  rounds: '每条文本比较几轮',
  tune: '微调编码器',
  defaultName: '{model} · 对比',
  none: '还没有微调过编码器。',
  encoder: '编码器',
  before: '微调前 recall@1',
  after: '微调后 recall@1',
  difference: '差（百分点）',
  method: '锁定测试行中，每条文本最相似的另一条与它同标签的占比；只算至少有两条测试文本的标签。威尔逊 95% 区间。',
  differenceMethod: '同样的 {rows} 条测试文本，成对自助重采样 {resamples} 次，95%。',
  rows: '训练 {train} 条，{steps} 步',
  remove: '移除',
} as const;
