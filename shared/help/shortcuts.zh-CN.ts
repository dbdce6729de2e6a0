/** Names of the shortcuts, in the order in which they are listed. */
export const shortcutTextsZhCN = {
  title: '快捷键',
  about: '全部操作都可以只用键盘完成：Tab 依次到达，Enter 或空格执行。',
  list: {
    palette: '搜索与命令',
    help: '快捷键一览',
    undo: '撤销上一步改动',
    redo: '重做',
    nextStep: '下一步骤（跨阶段）',
    previousStep: '上一步骤（跨阶段）',
    inspector: '展开或收起右侧面板',
    region: '在导航、正文、面板、导览之间移动',
    rows: '在表格里上下移动到同一列',
    escape: '关闭抽屉、弹层，或先离开导览',
  },
} as const;
