/** Statistics of the report, each with one sentence of what it is. */
export const reportTermsZhCN = {
  interval: {
    name: '95 % 区间',
    what: '用同样的方法反复抽样，区间有 95 % 的机会盖住真值；两个区间重叠很多时，不能说谁更好。',
  },
  bootstrap: {
    name: '自助重采样',
    what: '把已有的行有放回地再抽很多次，每次重算结果，看结果摆动多大；按受访者抽时，同一人的行一起进出。',
  },
  relativeWeights: {
    name: 'Johnson 相对权重',
    what: '把回归能解释的部分（R²）按贡献分给互相重叠的题项，合计等于 R²；说明关联，不证明因果。',
  },
  f1: {
    name: '需求权重 f1(D)',
    what: '把驱动、提及占比与满意度差距合成一个和为 1 的权重，区间由重采样受访者得到。',
  },
  nps: { name: 'NPS', what: '推荐者（9–10 分）占比减贬损者（0–6 分）占比，乘以 100。' },
  csat: { name: 'CSAT', what: '给出最高两档回答的占比，区间为 Wilson 区间。' },
  wilson: { name: 'Wilson 区间', what: '比例的区间，样本少或比例接近 0、1 时也可靠。' },
  rand: { name: '调整兰德指数', what: '两次分组一致的程度：1 完全相同，0 相当于随机。' },
  accuracy: { name: '准确率与宏 F1', what: '准确率是答对的占比；宏 F1 先算每一类的 F1 再平均，小类与大类同样重要。' },
  tableModels: {
    name: '表格评分：AUC、Brier、WOE',
    what: 'AUC（DeLong 区间）是任取两例排对先后的比例，Brier 是概率与结果之差的平方的平均；模型在同样的测试份上比较，用 Nadeau–Bengio 校正。WOE 是没发生与发生的占比之比的对数。',
  },
  calibration: { name: '校准误差（ECE）', what: '模型说的把握与实际答对率相差多少；0 为完全一致。' },
  floor: { name: '最简单的做法', what: '总猜最大类、词频加逻辑回归、冻结编码器加逻辑回归；训练的模型必须胜过它们。' },
  g: {
    name: '策略排名 g',
    what: '每个策略在各需求上的增益乘以 f1 权重再求和；把权重与增益的不确定一起抽样，数它有多少次排第一。',
  },
  pareto: { name: 'Pareto', what: '没有别的可行策略在每一项上都不差且至少一项更好。' },
  newcombe: { name: 'Newcombe 区间', what: '两个比例之差的区间，由两个 Wilson 区间合成。' },
  srm: {
    name: '样本比例检验（SRM）',
    what: '实际分到各组的人数与计划比例不符（p < 0.001）说明分组出了错，此时不下结论。',
  },
  sus: { name: 'SUS', what: '十题可用性量表，0–100 分；68 分左右为常见水平。' },
  noninferiority: { name: '非劣效', what: '新做法的区间完全高于“可以接受的最大损失”，才说不比旧的差。' },
  did: { name: '双重差分', what: '试点组的前后变化减去对照组的前后变化，去掉大家都有的趋势。' },
  drift: {
    name: '漂移（领域分类器 AUC）',
    what: '训练一个分类器去分辨新文本与训练文本：0.5 为分不开；高于随机置换带才算变了。',
  },
  kappa: { name: 'Cohen κ', what: '两方判断一致的程度，扣除碰巧一致的部分；1 为完全一致，0 为碰巧。' },
} as const;
