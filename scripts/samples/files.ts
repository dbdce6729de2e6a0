import type { SampleLanguage } from './compose.ts';
import { MESSAGE_WORDS, QUESTIONNAIRE_HEADERS, QUESTIONNAIRE_ITEMS } from './labels.ts';
import { makeLoans } from './loans.ts';
import { sampleManifest } from './manifest.ts';
import { makeMessages } from './messages.ts';
import { makePilot } from './pilot.ts';
import { ITEM_PLAN, makeQuestionnaire } from './questionnaire.ts';
import { serviceFiles } from './service-files.ts';
import { experimentFiles } from './steps-experiments.ts';

export const SAMPLE_LANGUAGES = ['zh-CN', 'en'] as const satisfies readonly SampleLanguage[];

export interface SampleSize {
  readonly messages: number;
  readonly respondents: number;
}

export const SHIPPED_SIZE: SampleSize = { messages: 2160, respondents: 440 };

const SEEDS: Readonly<Record<SampleLanguage, number>> = { 'zh-CN': 4301, en: 4302 };

/** The sample project's files of a language, by name, as text (UTF-8, LF). Same arguments, same bytes. */
export function makeSampleFiles(language: SampleLanguage, size: SampleSize): Readonly<Record<string, string>> {
  const messages = makeMessages(language, size.messages, SEEDS[language]);
  const questionnaire = makeQuestionnaire(language, size.respondents, SEEDS[language] + 100);
  const later = serviceFiles(language, SEEDS[language], messages.rows);
  const experiments = experimentFiles(language, SEEDS[language] + 200);
  const pilot = makePilot(language);
  const loans = makeLoans(language);
  const headers = MESSAGE_WORDS[language].headers;
  const questions = QUESTIONNAIRE_HEADERS[language];
  const counts: Record<string, number> = {};
  for (const row of messages.rows) counts[row.requestType] = (counts[row.requestType] ?? 0) + 1;
  const planted = {
    case: 'A bank improves its credit assessment: its customers ask for accuracy and explainability (article, 4.3).',
    seeds: {
      messages: SEEDS[language],
      questionnaire: SEEDS[language] + 100,
      experiments: SEEDS[language] + 200,
      afterGoLive: SEEDS[language] + 700,
    },
    messages: {
      columns: headers,
      rows: messages.rows.length,
      missingCodes: { [headers.satisfaction]: ['', '-2'] },
      requestTypes: counts,
      rising: MESSAGE_WORDS[language].requestTypes['explain-decline'],
      ...messages.planted,
    },
    questionnaire: {
      columns: questions,
      respondents: questionnaire.rows.length,
      scales: { items: '1-5', overall: '1-5', recommend: '0-10' },
      missingCodes: ['', '-2'],
      driverOrder: QUESTIONNAIRE_ITEMS.map((item) => ({ item, column: questions[item], ...ITEM_PLAN[item] })),
      ...questionnaire.planted,
    },
    ...experiments.planted,
    pilot: pilot.planted,
    loans: loans.planted,
    ...later.planted,
  };
  return {
    'messages.csv': toCsv([
      [
        headers.id,
        headers.date,
        headers.customer,
        headers.channel,
        headers.segment,
        headers.text,
        headers.requestType,
        headers.satisfaction,
      ],
      ...messages.rows.map((r) => [
        r.id,
        r.date,
        r.customer,
        r.channel,
        r.segment,
        r.text,
        r.requestType,
        r.satisfaction,
      ]),
    ]),
    'questionnaire.csv': toCsv([
      [
        questions.id,
        questions.date,
        questions.segment,
        ...QUESTIONNAIRE_ITEMS.map((item) => questions[item]),
        questions.overall,
        questions.recommend,
      ],
      ...questionnaire.rows.map((r) => [
        r.id,
        r.date,
        r.segment,
        ...QUESTIONNAIRE_ITEMS.map((item) => r.answers[item]),
        r.answers.overall,
        r.answers.recommend,
      ]),
    ]),
    'pilot.csv': toCsv(pilot.table),
    'loans.csv': toCsv(loans.table),
    ...Object.fromEntries(
      Object.entries({ ...experiments.tables, ...later.tables }).map(([name, table]) => [name, toCsv(table)]),
    ),
    'sample.json': `${JSON.stringify(sampleManifest(language), null, 2)}\n`,
    'planted.json': `${JSON.stringify(planted, null, 2)}\n`,
  };
}

/** @source RFC 4180, with LF line ends */
function toCsv(rows: readonly (readonly string[])[]): string {
  const field = (value: string) => (/[",\r\n]|^\s|\s$/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return `${rows.map((row) => row.map(field).join(',')).join('\n')}\n`;
}
