import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRng } from '../../shared/rng.ts';
import { defaultRecipe, type Recipe } from '../../shared/stages/demand/clean/recipe.ts';
import type { ColumnRole } from '../../shared/stages/demand/import/column-role.ts';
import type { RunConfig } from '../../shared/train/run-config.ts';
import { csv, type TestProject } from './testkit.ts';

/** Four themes of messages to a bank. Each text is one phrase of each list, so that no two are alike and none is near another. */
const THEMES = {
  login: [
    [
      'The app rejects my password',
      'Login fails on my new phone',
      'I am locked out of the mobile app',
      'Face recognition cannot sign me in',
      'The sign-in page throws an error',
      'My password reset never works',
    ],
    [
      'whenever I try in the morning',
      'since the latest update',
      'after three attempts',
      'although my username is right',
      'every time I travel',
      'even on the office network',
    ],
    [
      'and the verification code never arrives',
      'and the authentication text message expires',
      'and no one-time code reaches me',
      'so I cannot open the app at all',
      'and the login screen just reloads',
      'and the password hint is useless',
    ],
  ],
  fees: [
    [
      'The monthly account fee went up',
      'I was charged twice for a transfer',
      'Card fees are higher than promised',
      'An unexplained charge stands on my statement',
      'Foreign payments cost a large commission',
      'The overdraft charge is unfair',
    ],
    [
      'without any notice',
      'contrary to the price list',
      'for the second month running',
      'although my balance is high',
      'while other banks charge nothing',
      'despite what the brochure says',
    ],
    [
      'and I want the fee refunded',
      'so please explain the costs',
      'and the charges keep growing',
      'and nobody returns my money',
      'which makes this account expensive',
      'and the fee table hides it',
    ],
  ],
  queue: [
    [
      'I waited an hour at the branch',
      'The queue at the counter was endless',
      'Only one teller was open in the branch',
      'The branch closes before I finish work',
      'There were no seats in the waiting area',
      'The ticket machine at the branch was broken',
    ],
    [
      'on a Monday at noon',
      'during the lunch break',
      'right before the holidays',
      'with small children',
      'at the station office',
      'on the last day of the month',
    ],
    [
      'and staff kept chatting',
      'and the line did not move',
      'so I left without service',
      'and the counter clerk looked tired',
      'and the opening hours are too short',
      'while ten people stood behind me',
    ],
  ],
  loan: [
    [
      'My mortgage application takes weeks',
      'The loan officer asked for documents again',
      'The credit decision was not explained',
      'My loan was declined',
      'The interest rate of the loan changed',
      'The mortgage contract has errors',
    ],
    [
      'although my income is steady',
      'after I sent every paper',
      'before signing the contract',
      'in spite of good credit history',
      'without telling me the reason',
      'while the house seller is waiting',
    ],
    [
      'and approval is still pending',
      'and the lender does not answer',
      'so I may lose the house',
      'and the repayment plan is unclear',
      'and the loan terms confuse me',
      'and underwriting stays silent',
    ],
  ],
} as const;
type Theme = keyof typeof THEMES;
export const THEME_NAMES = Object.keys(THEMES) as Theme[];

/** Distinct texts of a theme, in an order that the seed decides. */
export function themeTexts(theme: Theme, count: number, seed: number): string[] {
  const [first, second, third] = THEMES[theme];
  const all = first.flatMap((a) => second.flatMap((b) => third.map((c) => `${a} ${b} ${c}`)));
  const rng = createRng(seed);
  for (let i = all.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count);
}

const scale = (min: number, max: number) => ({ min, max, direction: 'higher-better' as const });
export const FEEDBACK_COLUMNS: ColumnRole[] = [
  { id: 'c0', name: 'customer', role: 'respondentId' },
  { id: 'c1', name: 'segment', role: 'segment' },
  { id: 'c2', name: 'date', role: 'date' },
  { id: 'c3', name: 'message', role: 'text' },
  { id: 'c4', name: 'rating', role: 'rating', scale: scale(1, 5) },
  { id: 'c5', name: 'theme', role: 'label' },
];
const SURVEY_COLUMNS: ColumnRole[] = [
  { id: 'c0', name: 'customer', role: 'respondentId' },
  { id: 'c1', name: 'segment', role: 'segment' },
  ...['app', 'price', 'branch'].map((name, i) => ({
    id: `c${i + 2}`,
    name,
    role: 'item' as const,
    scale: scale(1, 10),
  })),
  { id: 'c5', name: 'overall', role: 'outcome', scale: scale(1, 10) },
];

/** 120 messages of the four themes, login rated worst, and what cleaning must find: repeats, empty texts, codes for missing,
 *  a rating off the scale and mail addresses. */
export function feedbackRows(): (string | number)[][] {
  const rng = createRng(11);
  const segments = ['private', 'business'];
  const rows = THEME_NAMES.flatMap((theme) =>
    themeTexts(theme, 30, 5).map((text, i): (string | number)[] => [
      `${theme}-${i}`,
      segments[rng.int(2)]!,
      `2026-0${1 + rng.int(3)}-1${rng.int(9)}`,
      i % 10 === 0 ? `${text}, write to me at ${theme}${i}@example.org` : text,
      theme === 'login' ? 1 + rng.int(2) : 3 + rng.int(3),
      theme,
    ]),
  );
  const first = rows[0]!;
  return [
    ...rows,
    [...first],
    [...first],
    ['empty-1', 'private', '2026-01-05', '', '', ''],
    ['empty-2', 'business', '2026-01-06', 'n/a', 'N/A', ''],
    ['off-scale', 'business', '2026-02-07', 'The branch queue was long and the counter was closed early', 9, 'queue'],
  ];
}

/** 120 answers in which the overall rating follows the app most. */
export function surveyRows(): (string | number)[][] {
  const rng = createRng(12);
  return Array.from({ length: 120 }, (_, i) => {
    const [app, price, branch] = [1 + rng.int(10), 1 + rng.int(10), 1 + rng.int(10)] as const;
    const overall = Math.max(1, Math.min(10, Math.round(0.6 * app + 0.25 * price + 0.15 * branch + rng.normal())));
    return [`s${i}`, i % 2 === 0 ? 'private' : 'business', app, price, branch, overall];
  });
}

export const MODEL = 'all-MiniLM-L6-v2';
export const HEAD_CONFIG: RunConfig = {
  method: { type: 'head' },
  epochs: 1,
  batchSize: 8,
  maxLength: 32,
  learningRate: 5e-3,
  schedule: 'linear',
  warmupShare: 0.1,
  weightDecay: 0.01,
  dropout: 0.1,
  maxGradNorm: 1,
  classWeights: 'none',
  headStart: 'random',
  earlyStopPatience: null,
  seed: 7,
};

interface FlowOptions {
  /** Recipe of the messages. */
  readonly recipe: Recipe;
  readonly config: RunConfig;
}

/** Writes the two files; `d1` will be the messages and `d2` the survey. */
export function writePlantedFiles(folder: string): void {
  writeFileSync(
    join(folder, 'messages.csv'),
    csv(
      FEEDBACK_COLUMNS.map(({ name }) => name),
      feedbackRows(),
    ),
  );
  writeFileSync(
    join(folder, 'survey.csv'),
    csv(
      SURVEY_COLUMNS.map(({ name }) => name),
      surveyRows(),
    ),
  );
}

export async function importPlanted(project: TestProject, folder: string): Promise<void> {
  const given = { overrides: {}, name: '' };
  await project.done('demand.importSource', {
    ...given,
    sourceId: `file:${join(folder, 'messages.csv')}`,
    name: 'Messages',
    kind: 'feedback',
    columns: FEEDBACK_COLUMNS,
  });
  await project.done('demand.importSource', {
    ...given,
    sourceId: `file:${join(folder, 'survey.csv')}`,
    name: 'Survey',
    kind: 'questionnaire',
    columns: SURVEY_COLUMNS,
  });
}

/** From the two imported files to a decision. */
export async function runFlow(project: TestProject, { recipe, config }: FlowOptions): Promise<void> {
  await project.done('demand.clean', { datasetId: 'd1', recipe });
  await project.done('demand.clean', { datasetId: 'd2', recipe: defaultRecipe });
  await project.done('demand.discoverTopics', { topics: 4, modelId: MODEL, seed: 7 });
  await project.done('demand.computeSatisfaction', {});
  await project.done('demand.computeScores', {});
  await project.done('demand.analyseDrivers', {
    datasetId: 'd2',
    outcomeColumn: 'c5',
    itemColumns: ['c2', 'c3', 'c4'],
    resamples: 200,
    seed: 7,
  });
  await project.done('demand.computeNeeds', { resamples: 200, seed: 7 });
  await project.call('demand.setTargets', {
    accuracy: 0.9,
    latencyMs: null,
    explainability: 'on-request',
    privacy: null,
  });
  await prepareModels(project);
  await project.done('demand.computeRequirements', {});
  await project.done('competitiveness.train', { name: 'Head', modelId: MODEL, config });
  await project.done('competitiveness.decide', { draws: 200, seed: 7 });
}

/** Labels from the column of themes, the split and the floors. */
export async function prepareModels(project: TestProject): Promise<void> {
  await project.done('competitiveness.chooseLabels', {
    type: 'columns',
    columns: [{ datasetId: 'd1', columnId: 'c5' }],
  });
  await project.done('competitiveness.prepareData', {
    test: { type: 'share', share: 0.3 },
    devShare: 0.1,
    modelId: MODEL,
    maxLength: 32,
    seed: 7,
  });
  await project.done('competitiveness.measureFloors', { modelId: MODEL, seed: 7 });
}
