import type { ArtifactInfo } from '../../contract/artifact.ts';
import type { RunRecord } from '../../stages/competitiveness/results.ts';
import type { Block } from '../blocks.ts';
import { count, share } from '../cells.ts';
import type { SectionReader } from '../input.ts';
import { idAndName, left, right } from './section.ts';

interface View {
  readonly artifact: ArtifactInfo;
  readonly result: RunRecord;
}

/** Means over seeds of the runs that were trained from several; empty without any. */
export function writeSeeds({ t }: SectionReader, runs: readonly View[]): readonly Block[] {
  const several = runs.flatMap(({ artifact, result }) =>
    result.seeds === undefined ? [] : [{ artifact, result, seeds: result.seeds }],
  );
  const [first, ...others] = several;
  if (first === undefined) return [];
  return [
    {
      type: 'table',
      caption: t('report.stages.competitiveness.seeds'),
      columns: [
        left(t('report.stages.competitiveness.model')),
        right(t('training.seeds.count')),
        right(t('stage.competitiveness.screen.models.accuracy')),
        right(t('report.stages.competitiveness.seedDeviation')),
        right(t('stage.competitiveness.screen.models.macroF1')),
        right(t('report.stages.competitiveness.seedKept')),
      ],
      rows: several.map(({ artifact: source, result, seeds }) => [
        idAndName(result.id, result.name),
        count(seeds.runs.length, { source }),
        share(seeds.accuracy.mean, { interval: seeds.accuracy, source }),
        share(seeds.accuracy.deviation, { decimals: 2, source }),
        share(seeds.macroF1.mean, { interval: seeds.macroF1, source }),
        `${seeds.kept} ${t(`training.seeds.keptBy.${seeds.keptBy}`)}`,
      ]),
      basis: {
        n: t('report.stages.competitiveness.testRows', { count: first.result.test.rows }),
        interval: t('report.stages.competitiveness.seedInterval'),
        method: t('training.seeds.lead'),
        sources: [first.artifact, ...others.map(({ artifact }) => artifact)],
      },
    },
  ];
}
