import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { z } from 'zod';
import type { SampleLanguage } from '../../scripts/samples/compose.ts';
import { MESSAGE_WORDS, QUESTIONNAIRE_HEADERS, QUESTIONNAIRE_ITEMS } from '../../scripts/samples/labels.ts';
import { createRng, type Rng, shuffle } from '../../shared/rng.ts';

type Row = Record<string, string>;

const plantedSchema = z.object({
  experiment: z.object({ columns: z.object({ arm: z.string() }) }),
  experimentSrm: z.object({ columns: z.object({ arm: z.string() }) }),
  pilot: z.object({ columns: z.array(z.string()) }),
  loans: z.object({ columns: z.array(z.string()) }),
  tickets: z.object({ columns: z.object({ text: z.string() }) }),
});
/** Place of the arm among the pilot's columns. */
const PILOT_ARM = 2;

function readRows(file: string): { header: string[]; rows: Row[] } {
  const { data, meta } = Papa.parse<Row>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true });
  return { header: meta.fields ?? [], rows: data };
}

/** Deals the values of a column anew over the rows. */
function shuffleColumn(rows: readonly Row[], column: string, rng: Rng): void {
  const values = rows.map((row) => row[column] ?? '');
  const order = shuffle(Int32Array.from(values.keys()), rng);
  rows.forEach((row, at) => {
    row[column] = values[order[at]!]!;
  });
}

/** Gives each row one of the column's values by an even draw, so that counts are even too. */
function drawColumn(rows: readonly Row[], column: string, rng: Rng): void {
  const values = [...new Set(rows.map((row) => row[column] ?? ''))];
  for (const row of rows) row[column] = values[rng.int(values.length)]!;
}

/** A copy of a language's sample in which every planted link between columns is cut: labels, answers and arms are dealt anew. The tickets get
 *  texts of the second round, in which drift is planted, and their own are mixed with those of the messages and over both rounds, so that what
 *  is planted stands where none should be, and nowhere else. Every file keeps its rows, and every column but these texts and the arms of the
 *  test with the fault keeps its values. */
export function writeShuffledSample(source: string, folder: string, language: SampleLanguage, seed: number): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(source)) copyFileSync(join(source, name), join(folder, name));
  const rng = createRng(seed);
  const planted = plantedSchema.parse(JSON.parse(readFileSync(join(source, 'planted.json'), 'utf8')));
  const words = MESSAGE_WORDS[language].headers;
  const questions = QUESTIONNAIRE_HEADERS[language];
  const change = (name: string, edit: (rows: Row[]) => void) => {
    const { header, rows } = readRows(join(folder, name));
    edit(rows);
    writeFileSync(join(folder, name), `${Papa.unparse({ fields: header, data: rows }, { newline: '\n' })}\n`);
  };

  const dealtTexts = (texts: readonly string[]) =>
    [...shuffle(Int32Array.from(texts.keys()), rng)].map((at) => texts[at]!);
  const textsOf = (name: string, column: string) => readRows(join(folder, name)).rows.map((row) => row[column] ?? '');
  const ticketText = planted.tickets.columns.text;
  const ticketTexts = textsOf('tickets.csv', ticketText);
  const drifted = dealtTexts(textsOf('round-messages.csv', words.text));
  const mixed = dealtTexts([
    ...textsOf('messages.csv', words.text),
    ...ticketTexts,
    ...drifted.slice(ticketTexts.length),
  ]);
  change('tickets.csv', (rows) => {
    rows.forEach((row, at) => {
      row[ticketText] = drifted[at]!;
    });
  });
  for (const name of ['messages.csv', 'round-messages.csv'])
    change(name, (rows) => {
      for (const row of rows) row[words.text] = mixed.pop() ?? '';
      for (const column of [words.requestType, words.satisfaction]) shuffleColumn(rows, column, rng);
    });
  const answers = ['questionnaire.csv', 'round-questionnaire.csv'].map((name) => readRows(join(folder, name)).rows);
  const overall = answers.flat().map((row) => row[questions.overall] ?? '');
  const dealt = [...shuffle(Int32Array.from(overall.keys()), rng)].map((at) => overall[at]!);
  for (const name of ['questionnaire.csv', 'round-questionnaire.csv'])
    change(name, (rows) => {
      for (const row of rows) {
        // Within a person, so that no item is better or worse than another.
        const given = QUESTIONNAIRE_ITEMS.map((item) => row[questions[item]] ?? '');
        const order = shuffle(Int32Array.from(given.keys()), rng);
        QUESTIONNAIRE_ITEMS.forEach((item, at) => {
          row[questions[item]] = given[order[at]!]!;
        });
        row[questions.overall] = dealt.pop() ?? '';
      }
      shuffleColumn(rows, questions.recommend, rng);
    });
  change('experiment.csv', (rows) => shuffleColumn(rows, planted.experiment.columns.arm, rng));
  change('experiment-srm.csv', (rows) => drawColumn(rows, planted.experimentSrm.columns.arm, rng));
  change('loans.csv', (rows) => shuffleColumn(rows, planted.loans.columns.at(-1) ?? '', rng));
  change('pilot.csv', (rows) => shuffleColumn(rows, planted.pilot.columns[PILOT_ARM] ?? '', rng));
}
