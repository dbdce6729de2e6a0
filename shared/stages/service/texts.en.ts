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
    csat: 'CSAT of the last round',
    sla: 'answered in time',
    drift: '{count, plural:dataset|datasets} that drifted',
  },
  next: {
    importTickets: 'Import tickets',
    analyseTickets: 'Measure response and resolution of “{dataset}”',
    triage: 'Triage “{dataset}” with a model of the project',
    setRounds: 'Say which data makes each feedback round',
    computeRounds: 'Compare the feedback rounds',
    monitorDrift: 'Monitor the drift of “{dataset}”',
    computeBacklog: 'List and rank improvements',
    adoptRound: 'Make “{dataset}” part of D and compute f1 anew',
  },
  artifact: {
    tickets: 'Ticket times',
    triage: 'Ticket triage',
    corrections: 'Corrections by people',
    roundsSetup: 'Rounds as set',
    rounds: 'Feedback rounds',
    drift: 'Drift monitoring',
    backlog: 'Backlog',
    backlogEfforts: 'Effort of improvements',
    backlogNotes: 'Progress of improvements',
  },
  screen: serviceScreenEn,
};
