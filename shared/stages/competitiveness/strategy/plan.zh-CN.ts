/** Lines of the three plans, by template. Numbers arrive formatted. */
export const planTextsZhCN = {
  title: { model: '模型优化策略', product: '产品设计方案', experience: '用户体验方案' },
  lead: {
    model: '用哪个模型、压缩到什么程度、还要补什么数据。',
    product: '上线什么、不能上线什么、先拿什么去试。',
    experience: '用户做得顺不顺、答得怎么样。',
  },
  empty: {
    model: '还没有依据：先训练一个候选模型。',
    product: '还没有依据：先导入一个 A/B 测试。',
    experience: '还没有依据：先导入一个 A/B 测试或可用性问卷。',
  },
  basis: {
    measured: '测试行',
    experiment: 'A/B 测试',
    survey: '问卷',
    assumption: '假设',
    unmeasured: '未测',
  },
  n: { measured: '{n} 条测试行', experiment: '{n} 位用户', survey: '{n} 份回答', unmeasured: 'n = {n}' },
  open: '打开依据',
  line: {
    'use-model': '采用 {id}“{name}”：加权增益 {scorePoints} 个百分点，{firstShare} 的抽样中排第一；测试集准确率见右。',
    'keep-reference': '暂时保留参照“{name}”：没有模型被证明比它好。',
    'gain-on-need': '{id} 在“{need}”（权重 {weightShare}）上提高 {gainPoints} 个百分点。',
    'gain-not-shown':
      '{id} 在“{need}”（权重 {weightShare}）上的提高还没有得到证明（{gainPoints} 个百分点，区间包含 0）。',
    'loss-on-need': '{id} 在“{need}”（权重 {weightShare}）上变差 {gainPoints} 个百分点：上线前要补救。',
    compress:
      '用 {id} 代替 {parent}（{technique}）：p95 延迟 {fromMs} → {toMs} 毫秒，大小 {fromMb} → {toMb} MB，准确率变化 {changePoints} 个百分点，在容许范围内。',
    'compress-unproven':
      '先不要用 {id}（由 {parent} 得来：{technique}；p95 延迟 {fromMs} → {toMs} 毫秒，大小 {fromMb} → {toMb} MB）：准确率变化 {changePoints} 个百分点，测试行不够，还不能排除超出容许的损失。',
    'compress-refused':
      '不要用 {id}（由 {parent} 得来：{technique}）：准确率变化 {changePoints} 个百分点，超出容许范围，被拒绝。',
    confused: '{id} 最容易在重要需求上把“{actual}”当成“{predicted}”：{count} 条测试行。补数据，或改写这两类的界定。',
    'label-rows': '“{need}”权重 {weightShare}，却没有测试行：从 {count} 条相关留言中标注一些。',
    'ship-arm': '上线“{experiment}”的 {arm} 组：“{metric}”比 {control} 组变化 {effect}。',
    'hold-guardrail': '“{experiment}”的 {arm} 组不能上线：护栏指标“{metric}”变差（{effect}）。',
    'hold-worse': '“{experiment}”的 {arm} 组不要上线：“{metric}”变差（{effect}）。',
    'repeat-blocked': '“{experiment}”不能读：各组人数 {split} 与计划不符（{chanceP}）。先查清分流，再重做。',
    'more-users':
      '“{experiment}”的 {arm} 组看不出差别（{effect}）；这么多用户能可靠发现的差别至少是 {detectable}。要么加人，要么放弃。',
    'assumed-gain': '“{strategy}”在“{need}”上的增益（{lowPoints} 到 {highPoints} 个百分点）只是假设：做一次小实验。',
    'try-with-users': '“{need}”权重 {weightShare}，还没有拿任何做法给用户试过：为它设计一个 A/B 测试。',
    'metric-better': '“{experiment}”的 {arm} 组在“{metric}”上更好（{effect}）。',
    'metric-worse': '“{experiment}”的 {arm} 组在“{metric}”上更差（{effect}）：先弄清原因。',
    'sus-below': '“{name}”{group}可用性得分 {meanScore}（等级 {grade}），整个区间低于平均水平 68：先改易用性。',
    'sus-above': '“{name}”{group}可用性得分 {meanScore}（等级 {grade}），整个区间高于平均水平 68：保持。',
    'sus-unclear': '“{name}”{group}可用性得分 {meanScore}（等级 {grade}），区间包含平均水平 68。',
    'sus-better': '“{name}”：{group}比{reference}高 {changeScore} 分，改动有效。',
    'sus-worse': '“{name}”：{group}比{reference}变化 {changeScore} 分，退回或修改。',
    'sus-item': '“{name}”得分最低的题目是“{item}”（{pointsValue}，满分 4）：从这里改起。',
    'no-usability': '还没有可用性数据：请至少 30 位用户回答 SUS 的十个问题。',
  },
  number: { points: '{value} 个百分点' },
} as const;
