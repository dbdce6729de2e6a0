/** Texts of a run's options, shared by every form that starts a training. */
export const trainingTextsZhCN = {
  moreSettings: '更多设置',
  moreSettingsLead: '下面这些通常不用动。一次只改一项，才看得出它带来了什么。',
  robustness: {
    title: '数据少、类别不均、文本有变化',
    classWeights: {
      name: '类别权重',
      when: '各类数量相差很大，小类又重要时用。与“焦点损失”“先验修正”三者选一。',
      options: { none: '不加权', balanced: '按条数平衡', 'effective-number': '按有效条数平衡' },
      beta: 'β（越接近 1 越平衡）',
    },
    labelSmoothing: {
      name: '标签平滑',
      when: '标注有错，或模型过于自信时用；常用 0.1。',
      value: 'ε（分给其他类的份额）',
    },
    focalGamma: {
      name: '焦点损失',
      when: '容易的很多、难的很少时用：已经答对的少学，答不好的多学；常用 2。',
      value: 'γ（越大越盯住难的）',
    },
    logitAdjustment: {
      name: '先验修正',
      when: '长尾类别想要每类都答好时用，多半好过加权；常用 1。',
      value: 'τ（修正的强度）',
    },
    rDrop: {
      name: 'R-Drop',
      when: '每类几十到几百条时用：同一句话过两遍，要求两次答案一致。每步约 2 倍时间和内存。',
      value: 'α（一致的分量）',
      needs: '先把丢弃率设为大于 0。',
    },
    adversary: {
      name: '对抗训练',
      when: '怕错别字、换词就答错时用：朝最容易答错的方向轻推词向量，再学会答对。是否有效，看第三阶段的扰动测试。',
      needs: '“只训练分类头”和“冻结前几层”不能用：它们不看词向量。',
      types: { fgm: 'FGM', pgd: 'PGD', freelb: 'FreeLB' },
      cost: '每步约 {passes} 倍时间；内存多一份梯度。',
      fields: {
        epsilon: 'ε（一条文本最多推多远）',
        steps: '步数 K',
        stepSize: '每步多远',
        initialSize: '起步的随机偏移',
        limit: 'ε（一条文本最多推多远）',
      },
    },
    on: '启用{name}',
    none: '没有',
  },
} as const;
