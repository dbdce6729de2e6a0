import type { SampleLanguage } from './compose.ts';
import { MESSAGE_WORDS, QUESTIONNAIRE_HEADERS, QUESTIONNAIRE_ITEMS } from './labels.ts';
import type { SampleMessage } from './messages.ts';
import { makeQuestionnaire, type SurveyRound } from './questionnaire.ts';
import { makeRoundMessages } from './round-messages.ts';
import { TICKET_COLUMNS, TICKET_WORDS } from './ticket-words.ts';
import { makeTickets } from './tickets.ts';

const TICKETS = 600;
const ROUND_MESSAGES = 700;
const ROUND_RESPONDENTS = 220;
/** Three months after the first survey, with better explanations. */
const SECOND_ROUND: SurveyRound = { firstDay: Date.UTC(2026, 10, 2), prefix: 'S', explainability: 1, overall: 0.6 };

/** Tables of what comes after go-live, and what is planted in them. */
export function serviceFiles(language: SampleLanguage, seed: number, messages: readonly SampleMessage[]) {
  const texts = messages.map(({ text }) => text);
  const tickets = makeTickets(language, TICKETS, seed + 700, texts);
  const round = makeRoundMessages(language, ROUND_MESSAGES, seed + 800, texts);
  const survey = makeQuestionnaire(language, ROUND_RESPONDENTS, seed + 905, SECOND_ROUND);
  const headers = MESSAGE_WORDS[language].headers;
  const questions = QUESTIONNAIRE_HEADERS[language];
  const ticketHeaders = TICKET_WORDS[language].headers;
  return {
    tables: {
      'tickets.csv': [
        TICKET_COLUMNS.map((column) => ticketHeaders[column]),
        ...tickets.rows.map(({ cells }) => TICKET_COLUMNS.map((column) => cells[column])),
      ],
      'round-messages.csv': [
        Object.values(headers),
        ...round.rows.map((r) => [
          r.id,
          r.date,
          r.customer,
          r.channel,
          r.segment,
          r.text,
          r.requestType,
          r.satisfaction,
        ]),
      ],
      'round-questionnaire.csv': [
        [
          questions.id,
          questions.date,
          questions.segment,
          ...QUESTIONNAIRE_ITEMS.map((item) => questions[item]),
          questions.overall,
          questions.recommend,
        ],
        ...survey.rows.map((r) => [
          r.id,
          r.date,
          r.segment,
          ...QUESTIONNAIRE_ITEMS.map((item) => r.answers[item]),
          r.answers.overall,
          r.answers.recommend,
        ]),
      ],
    },
    planted: {
      tickets: { columns: ticketHeaders, rows: tickets.rows.length, drift: false, ...tickets.planted },
      roundMessages: { rows: round.rows.length, drift: true, ...round.planted },
      roundQuestionnaire: {
        respondents: survey.rows.length,
        /** Added to the mean answer, and to overall satisfaction, both on 1–5. */
        added: { explainability: SECOND_ROUND.explainability, overall: SECOND_ROUND.overall },
        ...survey.planted,
      },
    },
  };
}
