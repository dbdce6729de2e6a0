import type { SampleLanguage } from './compose.ts';
import type { Intent } from './phrases.ts';

/** The words that stand in the files beside the free text: headers, channels, segments, request types. */
interface MessageWords {
  readonly headers: Readonly<
    Record<'id' | 'date' | 'customer' | 'channel' | 'segment' | 'text' | 'requestType' | 'satisfaction', string>
  >;
  readonly customerSegments: readonly [string, string, string];
  readonly staffSegment: string;
  readonly channels: Readonly<Record<string, readonly string[]>>;
  readonly requestTypes: Readonly<Record<Intent, string>>;
}

export const MESSAGE_WORDS: Readonly<Record<SampleLanguage, MessageWords>> = {
  'zh-CN': {
    headers: {
      id: '流水号',
      date: '日期',
      customer: '客户编号',
      channel: '渠道',
      segment: '客户类型',
      text: '内容',
      requestType: '类别',
      satisfaction: '满意度',
    },
    customerSegments: ['个人客户', '小微企业', '对公客户'],
    staffSegment: '客户经理',
    channels: {
      个人客户: ['手机银行', '手机银行', '微信', '电话', '网点'],
      小微企业: ['手机银行', '网点', '微信', '电话'],
      对公客户: ['企业网银', '企业网银', '电话', '网点'],
      客户经理: ['网点', '行内系统', '行内系统'],
    },
    requestTypes: {
      'explain-decline': '询问拒绝原因',
      'score-wrong': '评分结果有误',
      'approval-progress': '审批进度',
      'limit-change': '额度调整',
      'document-upload': '资料上传',
      'data-privacy': '数据隐私',
      'interface-integration': '系统对接',
      fees: '利率与费用',
      'response-speed': '响应速度',
      'human-handover': '转人工',
    },
  },
  en: {
    headers: {
      id: 'ref_no',
      date: 'date',
      customer: 'customer_id',
      channel: 'channel',
      segment: 'segment',
      text: 'text',
      requestType: 'category',
      satisfaction: 'satisfaction',
    },
    customerSegments: ['Individual', 'Small business', 'Corporate'],
    staffSegment: 'Credit officer',
    channels: {
      Individual: ['app', 'app', 'web chat', 'phone', 'branch'],
      'Small business': ['app', 'branch', 'web chat', 'phone'],
      Corporate: ['corporate portal', 'corporate portal', 'phone', 'branch'],
      'Credit officer': ['branch', 'internal system', 'internal system'],
    },
    requestTypes: {
      'explain-decline': 'Explain a decline',
      'score-wrong': 'Score looks wrong',
      'approval-progress': 'Approval progress',
      'limit-change': 'Limit change',
      'document-upload': 'Document upload',
      'data-privacy': 'Data privacy',
      'interface-integration': 'System integration',
      fees: 'Rates and fees',
      'response-speed': 'Response speed',
      'human-handover': 'Talk to a person',
    },
  },
};

export const QUESTIONNAIRE_ITEMS = [
  'explainability',
  'accuracy',
  'speed',
  'integrationCost',
  'privacy',
  'service',
  'price',
] as const;
export type QuestionnaireItem = (typeof QUESTIONNAIRE_ITEMS)[number];

export const QUESTIONNAIRE_HEADERS: Readonly<
  Record<
    SampleLanguage,
    Readonly<Record<QuestionnaireItem | 'id' | 'date' | 'segment' | 'overall' | 'recommend', string>>
  >
> = {
  'zh-CN': {
    id: '答卷编号',
    date: '填写日期',
    segment: '客户类型',
    explainability: '结果可解释',
    accuracy: '评估准确',
    speed: '响应速度',
    integrationCost: '接入成本',
    privacy: '隐私保护',
    service: '服务支持',
    price: '价格',
    overall: '总体满意度',
    recommend: '推荐意愿',
  },
  en: {
    id: 'respondent_id',
    date: 'date',
    segment: 'segment',
    explainability: 'explainability',
    accuracy: 'accuracy',
    speed: 'speed',
    integrationCost: 'integration_cost',
    privacy: 'privacy',
    service: 'service',
    price: 'price',
    overall: 'overall_satisfaction',
    recommend: 'recommend',
  },
};
