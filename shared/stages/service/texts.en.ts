import type { TextShape } from '../../i18n/text-shape.ts';
import { serviceScreenEn } from './screen.en.ts';
import type { serviceTextsZhCN } from './texts.zh-CN.ts';

export const serviceTextsEn: TextShape<typeof serviceTextsZhCN> = {
  name: 'Service',
  about: 'Tickets, feedback rounds and monitoring ground the next improvement; new feedback becomes new D.',
  step: {
    tickets: { title: 'Tickets', lead: 'Tickets and service deadlines, triaged by the project’s own model.' },
    rounds: { title: 'Feedback rounds', lead: 'Satisfaction of each round, with control limits.' },
    monitoring: { title: 'Monitoring', lead: 'Drift and quality of production data.' },
    improvement: { title: 'Improvement', lead: 'A backlog ranked by f1 weight.' },
  },
  figure: {
    csat: 'CSAT',
    sla: 'SLA met',
    drift: 'drift',
  },
  next: {
    importTickets: 'Import tickets',
  },
  artifact: {
    ticket: 'Tickets',
    round: 'Feedback round',
    monitor: 'Monitoring',
    improvement: 'Improvement',
  },
  screen: serviceScreenEn,
};
