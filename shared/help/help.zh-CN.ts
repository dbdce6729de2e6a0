/** Texts of the help page, the glossary page, explanations of steps and shortcuts. */
export const helpTextsZhCN = {
  title: '帮助',
  lead: '导览、快捷键和词汇表。全部内容随程序附带，不联网。',
  back: '返回首页',
  skip: '跳到主要内容',
  guide: {
    open: '这一步做什么、为什么',
    what: '做什么',
    why: '为什么',
    formula: '怎么算',
    read: '怎么读',
  },
  steps: '每一步做什么',
  stepsAbout: '每个步骤的标题下都有一行可展开的说明；第一次来时展开，之后收起。',
  stepsUnfold: '再次全部展开',
  stepsUnfolded: '已恢复：每一步下次打开时会展开说明',
  glossary: {
    title: '词汇表',
    lead: '界面上带点线的词都在这里：一句话说明、公式，以及用在哪一步。',
    search: '查找词语',
    none: '没有找到“{text}”。换一个词，或清空查看全部 {count} 个词语。',
    formula: '公式',
    where: '用在',
    count: '共 {count} 个词语',
    open: '打开词汇表',
    more: '点开看词汇表',
  },
} as const;
