import { AppError } from '../../../../shared/errors/app-error.ts';
import { labelsResultSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { PART } from '../../../../shared/stages/competitiveness/split.ts';
import type { EngineContext } from '../../context.ts';
import { listSelection, type SelectedRow, type Selection } from '../../project/evidence.ts';
import { type LabelRows, labelRows } from './labels.ts';
import { comparable, type LockedTest, lockedTest, measured, required, testOf } from './predictions.ts';

function classIndex(classes: readonly string[], label: string): number {
  const index = classes.indexOf(label);
  if (index < 0) throw new AppError('artifact.not-found', { id: label });
  return index;
}

/** Rows that have a label, in one part of the split or in all. */
export function labelSelection(
  { store }: EngineContext,
  label: string,
  part: 'all' | 'train' | 'dev' | 'test',
): Selection {
  const found: SelectedRow[] = [];
  const add = ({ dataset, row, label }: LabelRows, wanted: number, isIn: (at: number) => boolean) =>
    label.forEach((index, at) => {
      if (index === wanted && isIn(at)) found.push({ dataset: dataset[at]!, row: row[at]!, notes: [] });
    });
  if (part === 'all') {
    const labels = required(store, 'competitiveness.labels');
    const { classes } = labelsResultSchema.parse(labels.result);
    const names = classes.map((entry) => entry.label);
    add(labelRows(store, labels), classIndex(names, label), () => true);
  } else {
    const { classes, rows } = lockedTest(store);
    add(rows.rows, classIndex(classes, label), (at) => rows.part[at] === PART[part]);
  }
  return listSelection(found);
}

function testRow({ rows }: LockedTest, at: number, notes: SelectedRow['notes']): SelectedRow {
  const index = rows.test[at]!;
  return { dataset: rows.rows.dataset[index]!, row: rows.rows.row[index]!, notes };
}

/** Test rows of one cell of a confusion matrix. */
export function confusionSelection(
  { store }: EngineContext,
  runId: string,
  actual: string,
  predicted: string,
): Selection {
  const model = measured(store, runId);
  const { predictions } = model;
  const test = testOf(store, model);
  const [row, column] = [actual, predicted].map((label) => classIndex(test.classes, label));
  const found: SelectedRow[] = [];
  test.actual.forEach((label, at) => {
    if (label !== row || predictions[at] !== column) return;
    found.push(
      testRow(test, at, [
        { id: 'actual', value: actual },
        { id: 'predicted', value: predicted },
      ]),
    );
  });
  return listSelection(found);
}

/** Test rows on which a run and a reference agree or differ. */
export function differenceSelection(
  { store }: EngineContext,
  runId: string,
  referenceId: string,
  change: 'fixed' | 'broken' | 'both-right' | 'both-wrong',
): Selection {
  const { test, run, reference } = comparable(store, runId, referenceId);
  const nameOf = (label: number | undefined) => test.classes[label ?? -1] ?? '';
  const found: SelectedRow[] = [];
  test.actual.forEach((label, at) => {
    const now = run.predictions[at] === label;
    const before = reference.predictions[at] === label;
    const kind = now ? (before ? 'both-right' : 'fixed') : before ? 'broken' : 'both-wrong';
    if (kind !== change) return;
    found.push(
      testRow(test, at, [
        { id: 'actual', value: nameOf(label) },
        { id: 'predicted', value: nameOf(run.predictions[at]) },
        { id: 'reference', value: nameOf(reference.predictions[at]) },
      ]),
    );
  });
  return listSelection(found);
}
