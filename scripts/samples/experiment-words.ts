import type { SampleLanguage } from './compose.ts';

export const SUS_ITEMS = 10;

interface ExperimentWords {
  readonly arms: Readonly<Record<'today' | 'reasons', string>>;
  readonly headers: Readonly<
    Record<'customer' | 'date' | 'arm' | 'understood' | 'satisfaction' | 'repeat' | 'minutes', string>
  >;
  readonly fasterArms: Readonly<Record<'today' | 'faster', string>>;
  readonly fasterHeaders: Readonly<Record<'customer' | 'date' | 'arm' | 'solved' | 'seconds', string>>;
  readonly usabilityHeaders: Readonly<Record<'person' | 'screen', string>>;
  readonly screens: Readonly<Record<'before' | 'after', string>>;
  /** Short names of the ten statements, odd ones good, even ones bad. */
  readonly susItems: readonly string[];
  readonly names: Readonly<Record<'experiment' | 'faster' | 'usability' | 'strategy', string>>;
}

/** The words that stand in the files of the A/B tests and of the usability questionnaire, and the names given to them. */
export const EXPERIMENT_WORDS: Readonly<Record<SampleLanguage, ExperimentWords>> = {
  'zh-CN': {
    arms: { today: 'A 现状', reasons: 'B 附理由' },
    headers: {
      customer: '客户编号',
      date: '日期',
      arm: '版本',
      understood: '看懂决定',
      satisfaction: '满意度',
      repeat: '七日内再次来问',
      minutes: '办理用时（分钟）',
    },
    fasterArms: { today: 'A 现状', faster: 'B 更快答复' },
    fasterHeaders: { customer: '客户编号', date: '日期', arm: '版本', solved: '一次解决', seconds: '等待秒数' },
    usabilityHeaders: { person: '参与者', screen: '界面' },
    screens: { before: '改版前', after: '改版后' },
    susItems: [
      '01 愿意常用',
      '02 太复杂',
      '03 容易用',
      '04 要人帮忙',
      '05 各部分连得上',
      '06 前后不一致',
      '07 很快学会',
      '08 用起来别扭',
      '09 用得有把握',
      '10 要先学很多',
    ],
    names: {
      experiment: 'A/B：每个决定附理由',
      faster: 'A/B：更快答复',
      usability: '可用性问卷（改版前后）',
      strategy: '每个决定都附理由',
    },
  },
  en: {
    arms: { today: 'A today', reasons: 'B with reasons' },
    headers: {
      customer: 'customer_id',
      date: 'date',
      arm: 'version',
      understood: 'understood_decision',
      satisfaction: 'satisfaction',
      repeat: 'asked_again_in_7_days',
      minutes: 'minutes',
    },
    fasterArms: { today: 'A today', faster: 'B faster answers' },
    fasterHeaders: {
      customer: 'customer_id',
      date: 'date',
      arm: 'version',
      solved: 'solved_at_once',
      seconds: 'wait_seconds',
    },
    usabilityHeaders: { person: 'person', screen: 'screen' },
    screens: { before: 'before', after: 'after' },
    susItems: [
      '01 would use often',
      '02 too complex',
      '03 easy to use',
      '04 needs help',
      '05 parts fit together',
      '06 inconsistent',
      '07 quick to learn',
      '08 awkward',
      '09 confident',
      '10 much to learn first',
    ],
    names: {
      experiment: 'A/B: reasons with every decision',
      faster: 'A/B: faster answers',
      usability: 'Usability before and after',
      strategy: 'Show reasons with every decision',
    },
  },
};
