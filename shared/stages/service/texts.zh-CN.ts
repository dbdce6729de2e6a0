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
    csat: 'CSAT',
    sla: 'SLA 达成',
    drift: '漂移',
  },
  next: {
    importTickets: '导入工单',
  },
  artifact: {
    ticket: '工单',
    round: '反馈轮次',
    monitor: '监控',
    improvement: '改进',
  },
  screen: serviceScreenZhCN,
} as const satisfies StageTexts<typeof service.steps>;
