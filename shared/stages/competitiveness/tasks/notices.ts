import type { TextTask } from '../../../train/text-task.ts';
import type { PreparedData } from '../contract.ts';
import type { CompetitivenessNotice } from '../notices.ts';
import { PART } from '../split.ts';
import type { TaskDataResult } from './results.ts';

/** Findings about texts and parts. Those about classes are left out: what the split takes for classes are strata here. */
const OF_TEXTS: ReadonlySet<CompetitivenessNotice['code']> = new Set([
  'empty-text',
  'exact-duplicates',
  'near-duplicates',
  'duplicates-across-parts',
  'truncated-texts',
  'test-rows-few',
  'share-not-met',
]);

/** Share of test numbers outside the training rows' range from which it is said, and from which they are hardly the same quantity. */
const SOME_OUTSIDE = 0.05;
const MOST_OUTSIDE = 0.5;

interface Prepared {
  readonly task: TextTask;
  readonly labels: readonly TaskDataResult['labels'][number][];
  /** Of all rows [rows, width]. */
  readonly values: Float32Array;
  /** `PART` code of each row. */
  readonly part: Uint8Array;
  readonly prepared: PreparedData;
}

/** What is to be known of the rows of a task before a model learns from them. */
export function taskNotices({ task, labels, values, part, prepared }: Prepared): TaskDataResult['notices'] {
  const ofTexts = (notices: readonly CompetitivenessNotice[]) => notices.filter(({ code }) => OF_TEXTS.has(code));
  const ofLabels = labels.flatMap(({ label, train, test }): CompetitivenessNotice[] => {
    if (train === 0 && test > 0) {
      return [{ code: 'label-not-in-train', severity: 'blocking', params: { label, part: 'test', rows: test } }];
    }
    if (train > 0 && test === 0) return [{ code: 'label-not-in-test', severity: 'warning', params: { label } }];
    return [];
  });
  return {
    check: [...ofTexts(prepared.check.notices), ...(task === 'regression' ? outside(values, part) : [])],
    split: [...ofTexts(prepared.split.notices), ...ofLabels],
  };
}

function outside(values: Float32Array, part: Uint8Array): CompetitivenessNotice[] {
  const of = (code: number) => values.filter((_, row) => part[row] === code);
  const trained = of(PART.train);
  const tested = of(PART.test);
  const low = trained.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = trained.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const rows = tested.filter((value) => value < low || value > high).length;
  const share = rows / tested.length;
  if (!(share > SOME_OUTSIDE)) return [];
  const severity = share > MOST_OUTSIDE ? 'blocking' : 'warning';
  return [{ code: 'values-outside-train', severity, params: { rows, share, low, high } }];
}
