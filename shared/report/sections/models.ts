import type { ArtifactInfo } from '../../contract/artifact.ts';
import { formatShare } from '../../i18n/number.ts';
import { preparedDataSchema } from '../../stages/competitiveness/contract.ts';
import {
  type AboveFloor,
  type Evaluation,
  floorsResultSchema,
  labelsResultSchema,
  runRecordSchema,
} from '../../stages/competitiveness/results.ts';
import type { Basis, Block, Cell } from '../blocks.ts';
import { count, milliseconds, plain, points, share } from '../cells.ts';
import { whiskerChart } from '../charts/whisker-chart.ts';
import type { SectionReader } from '../input.ts';
import { idAndName, left, right } from './section.ts';
import { writeSeeds } from './seeds.ts';
import { writeTasks } from './tasks.ts';
import { writeTrust } from './trust.ts';

const SHORT_LOCK = 12;
const WEAKEST_CLASSES = 5;

/** Classes, split and the lock of the test rows. */
export function writeTrainingData({ t, view }: SectionReader): readonly Block[] {
  const labels = view('competitiveness.labels', labelsResultSchema);
  const prepared = view('competitiveness.split', preparedDataSchema);
  const blocks: Block[] = [];
  if (labels !== null) {
    const largest = Math.max(1, ...labels.result.classes.map(({ rows }) => rows));
    blocks.push({
      type: 'table',
      caption: t('report.stages.competitiveness.labels'),
      columns: [left(t('report.stages.competitiveness.label')), right(t('stage.competitiveness.screen.data.rows'))],
      rows: labels.result.classes.map(({ label, rows }) => [label, count(rows, { bar: rows / largest })]),
      basis: {
        n: t('report.stages.demand.rows', { count: labels.result.labelled }),
        interval: t('report.sheet.intervalCount'),
        method: t('report.stages.competitiveness.labelMethod'),
        sources: [labels.artifact],
      },
    });
  }
  if (prepared !== null) {
    const { split } = prepared.result;
    blocks.push({
      type: 'table',
      caption: t('report.stages.competitiveness.split'),
      columns: [
        left(t('report.stages.competitiveness.part')),
        right(t('stage.competitiveness.screen.data.rows')),
        right(t('report.stages.competitiveness.classes')),
      ],
      rows: split.parts.map(({ part, rows, classes }) => [
        t(`stage.competitiveness.screen.part.${part}`),
        count(rows),
        count(classes.filter((found) => found.rows > 0).length),
      ]),
      basis: {
        n: t('report.stages.demand.rows', { count: split.parts.reduce((sum, { rows }) => sum + rows, 0) }),
        interval: t('report.sheet.intervalCount'),
        method: t('report.stages.competitiveness.splitMethod', { lock: split.testLock.slice(0, SHORT_LOCK) }),
        sources: [prepared.artifact],
      },
    });
  }
  return blocks;
}

interface Compared {
  readonly artifact: ArtifactInfo;
  readonly name: string;
  readonly isFloor: boolean;
  /** What was tuned; null for a floor. */
  readonly tuned: string | null;
  /** Null for a floor, and where it was measured on other rows. */
  readonly aboveFloor: AboveFloor | null;
  readonly evaluation: Evaluation;
  readonly latencyP95Ms: number | null;
  readonly sizeMb: number | null;
}

/** Floors and runs on the same locked test rows. */
export function writeModels(reader: SectionReader): readonly Block[] {
  const { t, view, views } = reader;
  const floors = view('competitiveness.floors', floorsResultSchema);
  const runs = views('competitiveness.run', runRecordSchema);
  const compared: Compared[] = [
    ...(floors === null
      ? []
      : floors.result.floors.map((floor) => ({
          artifact: floors.artifact,
          name: t(`stage.competitiveness.screen.floor.${floor.type}`),
          isFloor: true,
          tuned: null,
          aboveFloor: null,
          evaluation: floor.evaluation,
          latencyP95Ms: floor.latencyP95Ms,
          sizeMb: floor.sizeMb,
        }))),
    ...runs.map(({ artifact, result }) => ({
      artifact,
      name: idAndName(result.id, result.name),
      isFloor: false,
      tuned:
        result.config === null ? null : t(`stage.competitiveness.screen.models.methods.${result.config.method.type}`),
      aboveFloor: reader.aboveFloor(result.id),
      evaluation: result.test,
      latencyP95Ms: result.latency?.p95Ms ?? null,
      sizeMb: result.sizeMb,
    })),
  ];
  const strongest = floors?.result.floors.find(({ id }) => id === floors.result.strongestId);
  return [
    ...comparisonBlocks(
      reader,
      compared,
      strongest?.evaluation.accuracy.value ?? null,
      t('report.stages.competitiveness.runsTable'),
    ),
    ...writeSeeds(reader, runs),
    ...runs.map(({ artifact, result }) =>
      weakestClasses(reader, artifact, idAndName(result.id, result.name), result.test),
    ),
    ...writeTrust(reader),
    ...writeTasks(reader),
  ];
}

/** Models beside each other: a chart of accuracy with intervals, and a table with everything measured. */
function comparisonBlocks(
  { t }: SectionReader,
  compared: readonly Compared[],
  floor: number | null,
  caption: string,
): readonly Block[] {
  const ordered = compared.toSorted((a, b) => b.evaluation.accuracy.value - a.evaluation.accuracy.value);
  const [first] = ordered;
  if (first === undefined) return [];
  const others = [...new Map(ordered.map(({ artifact }) => [artifact.id, artifact])).values()].filter(
    ({ id }) => id !== first.artifact.id,
  );
  const basis: Basis = {
    n: t('report.stages.competitiveness.testRows', { count: first.evaluation.rows }),
    interval: t('report.stages.competitiveness.accuracyInterval', { resamples: first.evaluation.resamples }),
    method: t('report.stages.competitiveness.accuracyMethod'),
    sources: [first.artifact, ...others],
  };
  return [
    {
      type: 'chart',
      caption: t('report.stages.competitiveness.runsChart'),
      svg: whiskerChart({
        title: t('report.stages.competitiveness.runsChart'),
        axis: t('report.stages.competitiveness.accuracyAxis'),
        formatTick: (value) => formatShare(value),
        lines: floor === null ? [] : [{ value: floor, name: t('report.stages.competitiveness.floorLine') }],
        points: ordered.map(({ name, isFloor, evaluation }) => {
          const cell = share(evaluation.accuracy.value, { interval: evaluation.accuracy });
          return { name, ...evaluation.accuracy, hollow: isFloor, text: `${cell.text} ${cell.interval ?? ''}` };
        }),
      }),
      basis,
    },
    {
      type: 'table',
      caption,
      columns: [
        left(t('report.stages.competitiveness.model')),
        right(t('stage.competitiveness.screen.models.accuracy')),
        right(t('report.stages.competitiveness.aboveFloor')),
        right(t('stage.competitiveness.screen.models.macroF1')),
        right(t('report.stages.competitiveness.calibration')),
        right(t('report.stages.competitiveness.latency')),
        right(t('report.stages.competitiveness.size')),
        left(t('stage.competitiveness.screen.models.method')),
      ],
      rows: ordered.map(
        ({ name, artifact: source, evaluation, aboveFloor, latencyP95Ms, sizeMb, tuned }): readonly Cell[] => [
          name,
          share(evaluation.accuracy.value, { interval: evaluation.accuracy, source }),
          aboveFloor === null ? '—' : points(aboveFloor.difference.value, { interval: aboveFloor.difference, source }),
          share(evaluation.macroF1.value, { interval: evaluation.macroF1, source }),
          plain(evaluation.calibration?.ece ?? null, { decimals: 3, source }),
          milliseconds(latencyP95Ms, { source }),
          plain(sizeMb, { decimals: 1, source }),
          tuned ?? '—',
        ],
      ),
      basis,
    },
  ];
}

function weakestClasses({ t }: SectionReader, artifact: ArtifactInfo, run: string, evaluation: Evaluation): Block {
  const weakest = evaluation.perClass
    .filter(({ support }) => support > 0)
    .toSorted((a, b) => (a.f1 ?? 0) - (b.f1 ?? 0))
    .slice(0, WEAKEST_CLASSES);
  return {
    type: 'table',
    caption: t('report.stages.competitiveness.weakest', { run }),
    columns: [
      left(t('report.stages.competitiveness.label')),
      right(t('stage.competitiveness.screen.models.precision')),
      right(t('stage.competitiveness.screen.models.recall')),
      right(t('stage.competitiveness.screen.models.f1')),
      right(t('stage.competitiveness.screen.models.support')),
    ],
    rows: weakest.map(({ label, precision, recall, f1, support }) => [
      label,
      share(precision),
      share(recall),
      share(f1),
      count(support),
    ]),
    basis: {
      n: t('report.stages.competitiveness.testRows', { count: evaluation.rows }),
      interval: t('report.sheet.intervalNone'),
      method: t('report.stages.competitiveness.classMethod'),
      sources: [artifact],
    },
  };
}
