import type { SampleLanguage } from './compose.ts';
import type { Intent } from './phrases.ts';

export const TICKET_COLUMNS = [
  'id',
  'createdAt',
  'firstResponseAt',
  'resolvedAt',
  'priority',
  'team',
  'category',
  'queue',
  'text',
  'rating',
] as const;
export type TicketColumn = (typeof TICKET_COLUMNS)[number];
export const PRIORITIES = ['high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];
export const TEAMS = ['east', 'south', 'west'] as const;
export type Team = (typeof TEAMS)[number];
export const QUEUES = ['credit-review', 'service-desk', 'technical'] as const;
export type Queue = (typeof QUEUES)[number];

/** Who has to deal with a kind of request. */
export const QUEUE_OF: Readonly<Record<Intent, Queue>> = {
  'explain-decline': 'credit-review',
  'score-wrong': 'credit-review',
  'limit-change': 'credit-review',
  fees: 'credit-review',
  'approval-progress': 'service-desk',
  'document-upload': 'service-desk',
  'data-privacy': 'service-desk',
  'human-handover': 'service-desk',
  'interface-integration': 'technical',
  'response-speed': 'technical',
};

export const TICKET_WORDS: Readonly<
  Record<
    SampleLanguage,
    {
      readonly headers: Readonly<Record<TicketColumn, string>>;
      readonly priorities: Readonly<Record<Priority, string>>;
      readonly teams: Readonly<Record<Team, string>>;
      readonly queues: Readonly<Record<Queue, string>>;
      /** Minutes east of UTC of the service desk. */
      readonly timeZoneOffsetMinutes: number;
      /** What somebody typed where a time belongs. */
      readonly noTime: readonly string[];
    }
  >
> = {
  'zh-CN': {
    headers: {
      id: '工单编号',
      createdAt: '创建时间',
      firstResponseAt: '首次响应时间',
      resolvedAt: '解决时间',
      priority: '优先级',
      team: '处理团队',
      category: '类别',
      queue: '队列',
      text: '内容',
      rating: '评分',
    },
    priorities: { high: '高', normal: '中', low: '低' },
    teams: { east: '华东服务组', south: '华南服务组', west: '西部服务组' },
    queues: { 'credit-review': '信贷审核', 'service-desk': '综合服务', technical: '技术支持' },
    timeZoneOffsetMinutes: 480,
    noTime: ['待补录', '2026-13-05 10:20', '昨天下午'],
  },
  en: {
    headers: {
      id: 'ticket_id',
      createdAt: 'created_at',
      firstResponseAt: 'first_response_at',
      resolvedAt: 'resolved_at',
      priority: 'priority',
      team: 'team',
      category: 'category',
      queue: 'queue',
      text: 'text',
      rating: 'rating',
    },
    priorities: { high: 'high', normal: 'normal', low: 'low' },
    teams: { east: 'Eastern desk', south: 'Southern desk', west: 'Western desk' },
    queues: { 'credit-review': 'Credit review', 'service-desk': 'Service desk', technical: 'Technical support' },
    timeZoneOffsetMinutes: 0,
    noTime: ['to be entered', '2026-13-05 10:20', 'yesterday afternoon'],
  },
};
