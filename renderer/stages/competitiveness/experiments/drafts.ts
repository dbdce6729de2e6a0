import type { ColumnGuess } from '../../../../shared/stages/competitiveness/experiment/guess-columns.ts';
import type { ExperimentChoice } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import type { UsabilityChoice } from '../../../../shared/stages/competitiveness/usability/results.ts';

export type RowsSource = Extract<ExperimentChoice['source'], { type: 'rows' }>;
export type CountsSource = Extract<ExperimentChoice['source'], { type: 'counts' }>;
export type RowsDraft = Omit<ExperimentChoice, 'source'> & { readonly source: RowsSource };
export type CountsDraft = Omit<ExperimentChoice, 'source'> & { readonly source: CountsSource };

const LEVEL = 0.95;

/** The form as the columns suggest it. Without an arm column the field stays empty and nothing can be started. */
export function rowsDraftOf(datasetId: string, name: string, guess: ColumnGuess): RowsDraft {
  return {
    name,
    source: {
      type: 'rows',
      datasetId,
      unitColumn: guess.unitColumn,
      armColumn: guess.armColumn ?? '',
      metrics: guess.metrics,
    },
    controlArm: guess.controlArm ?? '',
    expectedShares: null,
    level: LEVEL,
  };
}

export function usabilityDraftOf(datasetId: string, name: string, guess: ColumnGuess): UsabilityChoice {
  return {
    name,
    datasetId,
    itemColumns: guess.itemColumns,
    groupColumn: guess.groupColumn,
    referenceGroup: guess.referenceGroup,
    level: LEVEL,
  };
}

/** Two arms and one share, to be filled in. */
export const EMPTY_COUNTS: CountsDraft = {
  name: '',
  source: {
    type: 'counts',
    arms: [
      { arm: 'A', units: 0 },
      { arm: 'B', units: 0 },
    ],
    metrics: [
      {
        id: 'm1',
        name: '',
        type: 'proportion',
        direction: 'up',
        role: 'primary',
        scale: null,
        needId: null,
        arms: [
          { arm: 'A', n: 0, successes: 0, mean: null, sd: null },
          { arm: 'B', n: 0, successes: 0, mean: null, sd: null },
        ],
      },
    ],
  },
  controlArm: 'A',
  expectedShares: null,
  level: LEVEL,
};
