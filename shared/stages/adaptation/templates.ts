import type { PerturbationId } from '../../text-changes/perturbations.ts';
import type { LimitTest } from './limits.ts';

export const TEMPLATE_IDS = [
  'customer-service',
  'financial-risk',
  'health-care',
  'manufacturing',
  'smart-city',
  'e-commerce',
  'education',
  'energy',
  'logistics',
  'agriculture',
] as const;
export type TemplateId = (typeof TEMPLATE_IDS)[number];

export const INPUT_KINDS = [
  'chat',
  'web-form',
  'e-mail',
  'call-transcript',
  'app-report',
  'work-order',
  'clinical-note',
  'review',
  'officer-note',
  'sensor-remark',
] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

export const COMPLIANCE_TOPICS = [
  'personal-data',
  'sensitive-data',
  'explain-decisions',
  'human-in-charge',
  'equal-treatment',
  'retention',
  'safety-critical',
  'minors',
  'public-records',
  'trade-secrets',
] as const;
export type ComplianceTopic = (typeof COMPLIANCE_TOPICS)[number];

/** A business scenario as it is usually met: where its figures come from and what they mean is told in words, `screen.template.<id>`. The
 *  figures are starting points for a conversation with the customer and are marked as such wherever they are used. */
export interface ScenarioTemplate {
  readonly id: TemplateId;
  readonly inputKinds: readonly InputKind[];
  readonly volumePerDay: number;
  /** Cost of passing over a case of a class, in units of a false alarm (1). */
  readonly missToFalseAlarm: number;
  /** Cost of a person's look at one text, in the same unit. */
  readonly humanLook: number;
  readonly compliance: readonly ComplianceTopic[];
  /** Changes of the text that really happen here. */
  readonly perturbations: readonly PerturbationId[];
  readonly limits: Readonly<Partial<Record<Exclude<LimitTest, 'needAccuracy'>, number>>>;
}

/** Texts of customer service are many and cheap to get wrong; those of health care are few and dear: the figures follow from that. */
export const TEMPLATES: readonly ScenarioTemplate[] = [
  {
    id: 'customer-service',
    inputKinds: ['chat', 'e-mail', 'call-transcript'],
    volumePerDay: 3000,
    missToFalseAlarm: 1,
    humanLook: 0.3,
    compliance: ['personal-data', 'retention'],
    perturbations: ['typos', 'punctuation', 'case', 'emoji', 'spaces'],
    limits: {
      accuracy: 0.85,
      macroF1: 0.8,
      classRecall: 0.7,
      sliceGap: 0.1,
      invariance: 0.9,
      calibration: 0.1,
      latencyP95: 300,
      peakMemory: 1000,
    },
  },
  {
    id: 'financial-risk',
    inputKinds: ['officer-note', 'web-form', 'e-mail'],
    volumePerDay: 400,
    missToFalseAlarm: 8,
    humanLook: 0.8,
    compliance: ['sensitive-data', 'explain-decisions', 'human-in-charge', 'equal-treatment'],
    perturbations: ['typos', 'punctuation', 'width', 'script', 'spaces'],
    limits: {
      accuracy: 0.9,
      macroF1: 0.85,
      classRecall: 0.85,
      sliceGap: 0.05,
      invariance: 0.95,
      personalData: 0.98,
      calibration: 0.05,
      latencyP95: 1000,
      peakMemory: 1500,
    },
  },
  {
    id: 'health-care',
    inputKinds: ['clinical-note', 'web-form', 'chat'],
    volumePerDay: 250,
    missToFalseAlarm: 20,
    humanLook: 0.5,
    compliance: ['sensitive-data', 'human-in-charge', 'safety-critical', 'explain-decisions'],
    perturbations: ['typos', 'homophones', 'script', 'width', 'case'],
    limits: {
      accuracy: 0.9,
      macroF1: 0.88,
      classRecall: 0.92,
      sliceGap: 0.05,
      invariance: 0.95,
      personalData: 0.98,
      calibration: 0.05,
      latencyP95: 1500,
      peakMemory: 1500,
    },
  },
  {
    id: 'manufacturing',
    inputKinds: ['work-order', 'sensor-remark'],
    volumePerDay: 600,
    missToFalseAlarm: 6,
    humanLook: 1,
    compliance: ['safety-critical', 'trade-secrets'],
    perturbations: ['typos', 'case', 'width', 'spaces', 'punctuation'],
    limits: {
      accuracy: 0.85,
      macroF1: 0.8,
      classRecall: 0.85,
      sliceGap: 0.1,
      invariance: 0.9,
      calibration: 0.1,
      latencyP95: 500,
      peakMemory: 600,
    },
  },
  {
    id: 'smart-city',
    inputKinds: ['app-report', 'call-transcript', 'web-form'],
    volumePerDay: 8000,
    missToFalseAlarm: 5,
    humanLook: 0.4,
    compliance: ['public-records', 'personal-data', 'equal-treatment'],
    perturbations: ['homophones', 'typos', 'punctuation', 'spaces', 'script'],
    limits: {
      accuracy: 0.85,
      macroF1: 0.78,
      classRecall: 0.8,
      sliceGap: 0.07,
      invariance: 0.88,
      calibration: 0.08,
      latencyP95: 400,
      peakMemory: 1500,
    },
  },
  {
    id: 'e-commerce',
    inputKinds: ['review', 'chat'],
    volumePerDay: 50_000,
    missToFalseAlarm: 1.5,
    humanLook: 0.5,
    compliance: ['personal-data', 'retention'],
    perturbations: ['emoji', 'typos', 'homophones', 'punctuation', 'case'],
    limits: {
      accuracy: 0.88,
      macroF1: 0.82,
      classRecall: 0.75,
      sliceGap: 0.08,
      invariance: 0.9,
      calibration: 0.08,
      latencyP95: 50,
      peakMemory: 600,
    },
  },
  {
    id: 'education',
    inputKinds: ['web-form', 'chat', 'review'],
    volumePerDay: 1200,
    missToFalseAlarm: 2,
    humanLook: 0.6,
    compliance: ['minors', 'equal-treatment', 'human-in-charge'],
    perturbations: ['typos', 'homophones', 'case', 'emoji', 'punctuation'],
    limits: {
      accuracy: 0.82,
      macroF1: 0.78,
      classRecall: 0.75,
      sliceGap: 0.05,
      invariance: 0.9,
      personalData: 0.98,
      calibration: 0.1,
      latencyP95: 800,
      peakMemory: 1000,
    },
  },
  {
    id: 'energy',
    inputKinds: ['work-order', 'call-transcript', 'sensor-remark'],
    volumePerDay: 1500,
    missToFalseAlarm: 12,
    humanLook: 0.7,
    compliance: ['safety-critical', 'personal-data', 'public-records'],
    perturbations: ['typos', 'spaces', 'case', 'width', 'homophones'],
    limits: {
      accuracy: 0.88,
      macroF1: 0.82,
      classRecall: 0.92,
      sliceGap: 0.08,
      invariance: 0.92,
      calibration: 0.06,
      latencyP95: 600,
      peakMemory: 1000,
    },
  },
  {
    id: 'logistics',
    inputKinds: ['chat', 'work-order', 'app-report'],
    volumePerDay: 20_000,
    missToFalseAlarm: 3,
    humanLook: 0.4,
    compliance: ['personal-data', 'retention'],
    perturbations: ['typos', 'width', 'spaces', 'punctuation', 'emoji'],
    limits: {
      accuracy: 0.86,
      macroF1: 0.8,
      classRecall: 0.8,
      sliceGap: 0.08,
      invariance: 0.9,
      personalData: 0.95,
      calibration: 0.08,
      latencyP95: 100,
      peakMemory: 800,
    },
  },
  {
    id: 'agriculture',
    inputKinds: ['app-report', 'call-transcript', 'officer-note'],
    volumePerDay: 150,
    missToFalseAlarm: 4,
    humanLook: 1.5,
    compliance: ['public-records', 'equal-treatment'],
    perturbations: ['homophones', 'typos', 'script', 'spaces', 'punctuation'],
    limits: {
      accuracy: 0.8,
      macroF1: 0.72,
      classRecall: 0.8,
      sliceGap: 0.12,
      invariance: 0.85,
      calibration: 0.1,
      latencyP95: 2000,
      peakMemory: 500,
    },
  },
];

export function templateOf(id: TemplateId): ScenarioTemplate {
  return TEMPLATES.find((template) => template.id === id) as ScenarioTemplate;
}
