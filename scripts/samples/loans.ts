import { createRng, type Rng } from '../../shared/rng.ts';
import { DEFAULT_SCALE } from '../../shared/stages/adaptation/tables/suggest-setup.ts';
import { drawWeighted, type SampleLanguage } from './compose.ts';
import { type SampleStep, step } from './step.ts';

const WORDS = {
  'zh-CN': {
    headers: [
      '申请编号',
      '月收入',
      '贷款金额',
      '期限_月',
      '负债收入比',
      '逾期次数',
      '征信查询次数',
      '工作年限',
      '住房',
      '用途',
      '渠道',
      '年龄',
      '结果',
    ],
    housing: ['自有', '按揭', '租房'],
    purpose: ['装修', '购车', '周转', '教育'],
    channel: ['网点', '手机银行', '客户经理'],
    good: '按时还款',
    bad: '违约',
    dataset: '已到期贷款',
    name: '贷款违约预测',
  },
  en: {
    headers: [
      'application_id',
      'monthly_income',
      'loan_amount',
      'term_months',
      'debt_to_income',
      'late_payments',
      'credit_enquiries',
      'years_in_job',
      'housing',
      'purpose',
      'channel',
      'age',
      'outcome',
    ],
    housing: ['owned', 'mortgage', 'rented'],
    purpose: ['home repair', 'car', 'working capital', 'education'],
    channel: ['branch', 'mobile bank', 'officer'],
    good: 'repaid',
    bad: 'defaulted',
    dataset: 'Loans that have ended',
    name: 'Which loans default',
  },
} as const;

/** Of both languages: the same applicants. */
const LOANS_SEED = 5107;
const LOANS = 900;
const NO_INCOME = 0.06;
/** Log-odds of a default: late payments weigh most; channel and age not at all. */
const EFFECT = {
  base: -2.6,
  late: 0.9,
  debt: 2.4,
  enquiries: 0.14,
  term: 0.018,
  rented: 0.35,
  capital: 0.45,
  job: -0.05,
};
const SEED = 42;
/** Not read by the models: the number of the application, and age, which is compared. */
const NOT_READ: ReadonlySet<number> = new Set([0, 11]);
/** Two repeats are enough for a sample. */
const REPEATS = 2;
const COLUMN = { outcome: 'c12', age: 'c11' } as const;
const CATEGORIES: ReadonlySet<number> = new Set([8, 9, 10]);

/** Loans of a bank that have ended, one row each, of our own making: some defaulted, more often after late payments and with much debt. Incomes of
 *  some were not recorded. Same argument, same result. */
export function makeLoans(language: SampleLanguage) {
  const rng = createRng(LOANS_SEED);
  const { headers, housing, purpose, channel, good, bad } = WORDS[language];
  let defaults = 0;
  const rows = Array.from({ length: LOANS }, (_, index) => {
    const age = 21 + rng.int(44);
    const income = Math.round(Math.exp(8.9 + 0.45 * rng.normal()) / 100) * 100;
    const term = [6, 12, 18, 24, 36, 48][drawWeighted([0.1, 0.28, 0.14, 0.24, 0.16, 0.08], rng)]!;
    const amount = Math.max(1, Math.round((income * (1.5 + 6 * rng.float())) / 1000)) * 1000;
    const debt = Math.min(0.95, Math.max(0.02, 0.32 + 0.16 * rng.normal()));
    const late = count(0.7, rng);
    const enquiries = count(2.2, rng);
    const job = Math.min(age - 18, count(5, rng));
    const home = drawWeighted([0.3, 0.4, 0.3], rng);
    const use = drawWeighted([0.3, 0.25, 0.3, 0.15], rng);
    const by = rng.int(channel.length);
    const logOdds =
      EFFECT.base +
      EFFECT.late * late +
      EFFECT.debt * (debt - 0.32) +
      EFFECT.enquiries * enquiries +
      EFFECT.term * term +
      (home === 2 ? EFFECT.rented : 0) +
      (use === 2 ? EFFECT.capital : 0) +
      EFFECT.job * job;
    const isBad = rng.float() < 1 / (1 + Math.exp(-logOdds));
    if (isBad) defaults++;
    const known = rng.float() >= NO_INCOME;
    return [
      `L${String(index + 1).padStart(5, '0')}`,
      known ? String(income) : '',
      String(amount),
      String(term),
      debt.toFixed(2),
      String(late),
      String(enquiries),
      String(job),
      housing[home]!,
      purpose[use]!,
      channel[by]!,
      String(age),
      isBad ? bad : good,
    ];
  });
  return {
    table: [[...headers], ...rows],
    planted: {
      seed: LOANS_SEED,
      columns: headers,
      rows: LOANS,
      defaults,
      strongest: headers[5],
      without: [headers[10], headers[11]],
    },
  };
}

/** Events of a Poisson distribution.   @source Knuth, The Art of Computer Programming, volume 2, 3.4.1 */
function count(mean: number, rng: Rng): number {
  const limit = Math.exp(-mean);
  let events = 0;
  for (let product = rng.float(); product > limit; product *= rng.float()) events++;
  return events;
}

/** Import of the loans as d10, after everything else. */
export function loansImport(language: SampleLanguage): SampleStep[] {
  const name = WORDS[language].dataset;
  return [
    step('demand.importSource', { sourceId: 'file:loans.csv', name, kind: 'table', overrides: {}, columns: null }),
  ];
}

/** The article's case itself: who defaults, why, and whether the ages are treated alike. */
export function loansRest(language: SampleLanguage): SampleStep[] {
  const { headers, name, bad } = WORDS[language];
  return [
    step('adaptation.scoreTable', {
      tableId: null,
      setup: {
        datasetId: 'd10',
        name,
        outcomeColumn: COLUMN.outcome,
        eventValue: bad,
        columns: headers
          .map((_, at) => ({
            columnId: `c${at}`,
            type: NOT_READ.has(at) ? 'ignore' : CATEGORIES.has(at) ? 'category' : 'number',
          }))
          .filter(({ columnId }) => columnId !== COLUMN.outcome),
        groupColumn: COLUMN.age,
        models: ['logistic', 'scorecard', 'mlp'],
        costs: { missed: 5, falseAlarm: 1 },
        folds: 5,
        repeats: REPEATS,
        scale: DEFAULT_SCALE,
      },
      seed: SEED,
    }),
  ];
}
