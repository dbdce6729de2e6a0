import { labelsResultSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { labelRows } from '../competitiveness/labels.ts';

export interface NeedShare {
  readonly need: number;
  readonly share: number;
}

/** Which needs the texts of each label speak of, measured on the rows that have both a label and a need in f1: index into the needs with its
 *  share. A label without such rows is not in the map. */
export function needsOfLabels(
  store: ProjectStore,
  labels: ArtifactRecord,
  needs: ArtifactRecord,
): ReadonlyMap<string, readonly NeedShare[]> {
  const dataset = asInt32(store.part(needs, 'dataset'));
  const row = asInt32(store.part(needs, 'row'));
  const needOf = new Map<string, number>();
  asInt32(store.part(needs, 'need')).forEach((need, at) => {
    needOf.set(`${dataset[at]}/${row[at]}`, need);
  });
  const { classes } = labelsResultSchema.parse(labels.result);
  const counts = classes.map(() => new Map<number, number>());
  const rows = labelRows(store, labels);
  rows.label.forEach((label, at) => {
    const need = needOf.get(`${rows.dataset[at]}/${rows.row[at]}`) ?? -1;
    if (need >= 0) counts[label]!.set(need, (counts[label]!.get(need) ?? 0) + 1);
  });
  return new Map(
    classes.flatMap(({ label }, at) => {
      const total = [...counts[at]!.values()].reduce((sum, count) => sum + count, 0);
      if (total === 0) return [];
      const shares = [...counts[at]!]
        .map(([need, count]) => ({ need, share: count / total }))
        .sort((a, b) => b.share - a.share || a.need - b.need);
      return [[label, shares] as const];
    }),
  );
}
