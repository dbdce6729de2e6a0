import type { ArtifactInfo } from '../../contract/artifact.ts';
import { formatNumber, formatShare } from '../../i18n/number.ts';
import {
  SHARE_MEASURES,
  TASK_MEASURES,
  type TaskEvaluation,
  type TaskMeasure,
  taskFloorsResultSchema,
  taskRunSchema,
} from '../../stages/competitiveness/tasks/results.ts';
import { TEXT_TASKS } from '../../train/text-task.ts';
import type { Block, NumberCell } from '../blocks.ts';
import { plain, share } from '../cells.ts';
import type { SectionReader } from '../input.ts';
import { idAndName, left, right } from './section.ts';

const PLAIN_DECIMALS = 3;

interface Measured {
  readonly artifact: ArtifactInfo;
  readonly name: string;
  readonly evaluation: TaskEvaluation;
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

function figure(measure: TaskMeasure, value: number | null, interval: Bounds | null, source: ArtifactInfo): NumberCell {
  return SHARE_MEASURES.has(measure)
    ? share(value, { interval, source })
    : plain(value, { decimals: PLAIN_DECIMALS, interval, source });
}

/** What is predicted besides one of several classes: the simplest methods and the runs of each task on its locked test rows, and means over seeds. */
export function writeTasks({ t, views }: SectionReader): readonly Block[] {
  const floors = views('competitiveness.taskFloors', taskFloorsResultSchema);
  const runs = views('competitiveness.taskRun', taskRunSchema);
  return TEXT_TASKS.flatMap((task): Block[] => {
    const what = t(`stage.competitiveness.screen.tasks.kinds.${task}`);
    const ofTask = runs.filter(({ result }) => result.task === task);
    const measured: Measured[] = [
      ...floors
        .filter(({ result }) => result.task === task)
        .flatMap(({ artifact, result }) =>
          result.floors.map(({ id, evaluation }) => ({
            artifact,
            name: t(`stage.competitiveness.screen.tasks.floor.${id}`),
            evaluation,
          })),
        ),
      ...ofTask.map(({ artifact, result }) => ({
        artifact,
        name: idAndName(result.id, result.name),
        evaluation: result.test,
      })),
    ];
    const [first] = measured;
    if (first === undefined) return [];
    const measures = TASK_MEASURES[task];
    const columns = [
      left(t('report.stages.competitiveness.model')),
      ...measures.map((measure) => right(t(`stage.competitiveness.screen.tasks.measure.${measure}`))),
    ];
    const sourcesOf = (found: readonly { readonly artifact: ArtifactInfo }[]) =>
      [...new Map(found.map(({ artifact }) => [artifact.id, artifact])).values()] as [ArtifactInfo, ...ArtifactInfo[]];
    const n = t('report.stages.competitiveness.testRows', { count: first.evaluation.rows });
    const blocks: Block[] = [
      {
        type: 'table',
        caption: t('report.stages.competitiveness.taskTable', { what }),
        columns,
        rows: measured.map(({ artifact, name, evaluation }) => [
          name,
          ...evaluation.figures.map(({ measure, estimate }) =>
            figure(measure, estimate?.value ?? null, estimate, artifact),
          ),
        ]),
        basis: {
          n,
          interval: t('report.stages.competitiveness.taskInterval', { resamples: first.evaluation.resamples }),
          method: t('report.stages.competitiveness.taskMethod'),
          sources: sourcesOf(measured),
        },
      },
    ];
    const several = ofTask.flatMap(({ artifact, result }) =>
      result.seeds === undefined ? [] : [{ artifact, result, seeds: result.seeds }],
    );
    if (several.length === 0) return blocks;
    blocks.push({
      type: 'table',
      caption: t('report.stages.competitiveness.taskSeeds', { what }),
      columns: [...columns, left(t('report.stages.competitiveness.seedKept'))],
      rows: several.map(({ artifact, result, seeds }) => [
        t('report.stages.competitiveness.taskSeedsOf', {
          run: idAndName(result.id, result.name),
          count: seeds.runs.length,
          deviation: deviationText(measures[0], seeds.figures[0]?.mean?.deviation ?? null),
        }),
        ...seeds.figures.map(({ measure, mean }) => figure(measure, mean?.mean ?? null, mean, artifact)),
        `${seeds.kept} ${t(`training.seeds.keptBy.${seeds.keptBy}`)}`,
      ]),
      basis: {
        n,
        interval: t('report.stages.competitiveness.seedInterval'),
        method: t('training.seeds.lead'),
        sources: sourcesOf(several),
      },
    });
    return blocks;
  });
}

function deviationText(measure: TaskMeasure, deviation: number | null): string {
  if (deviation === null) return '—';
  return SHARE_MEASURES.has(measure) ? formatShare(deviation, 2) : formatNumber(deviation, PLAIN_DECIMALS);
}
