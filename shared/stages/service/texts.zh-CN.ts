import type { StageTexts } from '../../i18n/text-shape.ts';
import type { service } from './contract.ts';
import { serviceScreenZhCN } from './screen.zh-CN.ts';

export const serviceTextsZhCN = {
  name: '持续服务',
  about: '工单、反馈轮次和监控让下一轮改进有依据；新的反馈成为新的 D。',
  step: {
    tickets: { title: '工单', lead: '工单与服务时限，由项目自己的模型分派。' },
    rounds: { title: '反馈轮次', lead: '每一轮的满意度与控制限。' },
    monitoring: { title: '监控', lead: '生产数据的漂移与质量。' },
    improvement: { title: '改进', lead: '按 f1 权重排序的改进清单。' },
  },
  figure: {
    csat: '最近一轮 CSAT',
    sla: '按时首次响应',
    drift: '出现漂移的{count, plural:数据集}',
  },
  next: {
    importTickets: '导入工单',
    analyseTickets: '计算工单“{dataset}”的响应与解决时间',
    triage: '用项目的模型分派工单“{dataset}”',
    setRounds: '说明每一轮反馈由哪些数据组成',
    computeRounds: '比较各轮反馈',
    monitorDrift: '监控“{dataset}”的漂移',
    computeBacklog: '列出并排序改进项',
    adoptRound: '把“{dataset}”并入 D，重新计算 f1',
  },
  artifact: {
    tickets: '工单时限',
    triage: '工单分派',
    corrections: '人工更正',
    roundsSetup: '反馈轮次设置',
    rounds: '反馈轮次',
    drift: '漂移监控',
    backlog: '改进清单',
    backlogEfforts: '改进项工作量',
    backlogNotes: '改进项进展',
  },
  screen: serviceScreenZhCN,
} as const satisfies StageTexts<typeof service.steps>;
