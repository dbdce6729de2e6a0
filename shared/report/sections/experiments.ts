import type { ArtifactInfo, ArtifactView } from '../../contract/artifact.ts';
import { formatNumber, formatShare } from '../../i18n/number.ts';
import { type ExperimentResult, experimentResultSchema } from '../../stages/competitiveness/experiment/results.ts';
import { type RunRecord, runRecordSchema } from '../../stages/competitiveness/results.ts';
import { formatP } from '../../stages/competitiveness/strategy/plan-text.ts';
import { usabilityResultSchema } from '../../stages/competitiveness/usability/results.ts';
import type { Basis, Block, Cell } from '../blocks.ts';
import { count, plain, points, share } from '../cells.ts';
import { whiskerChart } from '../charts/whisker-chart.ts';
import type { SectionReader } from '../input.ts';
import { idAndName, left, right } from './section.ts';

const POINTS = 100;

/** Compressed models, each against the run that it was made from. */
export function writeCompression(reader: SectionReader): readonly Block[] {
  return compressionTable(reader, reader.views('competitiveness.compressed', runRecordSchema));
}

/** Compressed models, each against the model that it was made from; nothing without any. */
export function compressionTable({ t }: SectionReader, models: readonly ArtifactView<RunRecord>[]): readonly Block[] {
  const [first, ...others] = models.map(({ artifact }) => artifact);
  const gate = models.map(({ result }) => result.gate).find((found) => found !== null);
  if (first === undefined) return [];
  const key = 'report.trials.compression';
  const change = (before: number | null | undefined, now: number | null | undefined) =>
    `${before === null || before === undefined ? '—' : formatNumber(before, 1)} → ${now === null || now === undefined ? '—' : formatNumber(now, 1)}`;
  return [
    {
      type: 'table',
      caption: t(`${key}.table`),
      columns: [
        left(t(`${key}.model`)),
        left(t(`${key}.parent`)),
        right(t('stage.competitiveness.screen.models.accuracy')),
        right(t(`${key}.difference`)),
        left(t(`${key}.changed`)),
        left(t(`${key}.p`)),
        left(t(`${key}.sizes`)),
        left(t(`${key}.latencies`)),
        left(t(`${key}.verdict`)),
      ],
      rows: models.map(({ artifact: source, result }): readonly Cell[] => {
        const comparison = result.gate?.comparison;
        return [
          idAndName(result.id, result.name),
          result.compression?.parentId ?? '—',
          share(result.test.accuracy.value, { interval: result.test.accuracy, source }),
          comparison === undefined
            ? '—'
            : points(comparison.accuracyDifference.value, { interval: comparison.accuracyDifference, source }),
          comparison === undefined ? '—' : `${comparison.broken} / ${comparison.fixed}`,
          comparison === undefined ? '—' : formatP(comparison.mcNemar.pValue),
          change(result.original?.sizeMb, result.sizeMb),
          change(result.original?.latency.p95Ms, result.latency?.p95Ms),
          result.gate === null
            ? '—'
            : {
                tag: t(`${key}.gate.${result.gate.verdict}`),
                tone: ({ accepted: 'good', unproven: 'attention', refused: 'failed' } as const)[result.gate.verdict],
              },
        ];
      }),
      basis: {
        n: t('report.stages.competitiveness.testRows', { count: models[0]?.result.test.rows ?? 0 }),
        interval: t(`${key}.interval`, { resamples: gate?.comparison.resamples ?? 0 }),
        method: t(`${key}.method`, {
          tolerance: gate === undefined ? '—' : formatShare(gate.tolerance, 1),
        }),
        sources: [first, ...others],
      },
    },
  ];
}

/** U: A/B tests and usability. */
export function writeExperiments(reader: SectionReader): readonly Block[] {
  return [
    ...reader
      .views('competitiveness.experiment', experimentResultSchema)
      .flatMap(({ artifact, result }) => experimentBlocks(reader, artifact, result)),
    ...usabilityBlocks(reader),
  ];
}

const TONES = {
  better: 'good',
  worse: 'failed',
  unclear: 'attention',
  blocked: 'attention',
  'not-measured': 'plain',
} as const;

function experimentBlocks({ t }: SectionReader, artifact: ArtifactInfo, result: ExperimentResult): readonly Block[] {
  const key = 'report.trials.experiment';
  const { chiSquared, p, blocked } = result.sampleRatio;
  const ratio = { chi: formatNumber(chiSquared, 2), p: formatP(p) };
  const basis: Basis = {
    n: t(`${key}.units`, { count: result.units }),
    interval: t(`${key}.interval`, { level: formatShare(result.level) }),
    method: t(`${key}.method`),
    sources: [artifact],
  };
  const isShare = (type: string) => type === 'proportion';
  const rows = result.metrics.flatMap((metric) =>
    metric.arms.map((arm): readonly Cell[] => {
      const effect = metric.effects.find((candidate) => candidate.arm === arm.arm);
      const value = isShare(metric.type)
        ? share(arm.value, { interval: arm })
        : plain(arm.value, { decimals: 2, interval: arm });
      const difference = effect?.difference ?? null;
      return [
        `${metric.name} (${t(`${key}.role.${metric.role}`)})`,
        arm.arm === result.controlArm ? `${arm.arm} (${t(`${key}.control`)})` : arm.arm,
        count(arm.n),
        value,
        effect === undefined
          ? '—'
          : isShare(metric.type)
            ? points(difference?.value ?? null, { interval: difference, unit: t(`${key}.points`) })
            : plain(difference?.value ?? null, { decimals: 2, interval: difference }),
        effect?.adjustedP === undefined || effect.adjustedP === null ? '—' : formatP(effect.adjustedP),
        effect === undefined
          ? '—'
          : effect.guardrailBreached === true
            ? { tag: `✕ ${t(`${key}.breached`)}`, tone: 'failed' }
            : { tag: t(`${key}.verdicts.${effect.verdict}`), tone: TONES[effect.verdict] },
      ];
    }),
  );
  const drawn = result.metrics
    .filter(({ type }) => isShare(type))
    .flatMap((metric) => metric.effects.map((effect) => ({ name: `${metric.name} · ${effect.arm}`, effect })));
  const verdicts = result.arms.flatMap(({ arm, verdict }) =>
    verdict === null ? [] : [t(`${key}.armVerdict`, { arm, verdict: t(`${key}.arms.${verdict}`) })],
  );
  const { rowsWithoutArm, unitsInTwoArms } = result.excluded;
  return [
    blocked
      ? { type: 'note', tone: 'attention', text: t(`${key}.blocked`, ratio) }
      : { type: 'paragraph', text: t(`${key}.ratioFine`, ratio) },
    ...(verdicts.length === 0
      ? []
      : [{ type: 'answer', items: verdicts.map((text) => ({ text, source: artifact })) } as const]),
    ...(blocked || drawn.length === 0
      ? []
      : [
          {
            type: 'chart',
            caption: t(`${key}.chart`, { name: result.name }),
            svg: whiskerChart({
              title: t(`${key}.chart`, { name: result.name }),
              axis: t(`${key}.chartAxis`),
              formatTick: (value) => formatNumber(value, 0),
              lines: [{ value: 0, name: t(`${key}.control`) }],
              points: drawn.map(({ name, effect: { difference } }) => {
                const cell = points(difference?.value ?? null, { interval: difference });
                return {
                  name,
                  value: difference === null ? null : difference.value * POINTS,
                  low: difference === null ? null : difference.low * POINTS,
                  high: difference === null ? null : difference.high * POINTS,
                  text: difference === null ? t('report.sheet.notMeasured') : `${cell.text} ${cell.interval ?? ''}`,
                };
              }),
            }),
            basis,
          } as const,
        ]),
    {
      type: 'table',
      caption: t(`${key}.caption`, { name: result.name }),
      columns: [
        left(t(`${key}.metric`)),
        left(t(`${key}.arm`)),
        right(t(`${key}.n`)),
        right(t(`${key}.value`)),
        right(t(`${key}.difference`)),
        left(t(`${key}.p`)),
        left(t(`${key}.verdict`)),
      ],
      rows,
      basis,
    },
    ...(rowsWithoutArm + unitsInTwoArms === 0
      ? []
      : [
          {
            type: 'paragraph',
            text: t(`${key}.excluded`, { rows: rowsWithoutArm, units: unitsInTwoArms }),
          } as const,
        ]),
  ];
}

function usabilityBlocks({ t, views }: SectionReader): readonly Block[] {
  const key = 'report.trials.usability';
  return views('competitiveness.usability', usabilityResultSchema).map(({ artifact, result }): Block => {
    const groups = [...result.groups, { group: t(`${key}.all`), summary: result.overall }];
    return {
      type: 'table',
      caption: t(`${key}.caption`, { name: result.name }),
      columns: [
        left(t(`${key}.group`)),
        right('n'),
        right(t(`${key}.score`)),
        left(t(`${key}.grade`)),
        right(t(`${key}.difference`, { group: result.referenceGroup ?? '—' })),
      ],
      rows: groups.map(({ group, summary }) => {
        const found = result.differences.find((difference) => difference.group === group);
        return [
          group,
          count(summary.n),
          plain(summary.mean, { decimals: 1, interval: summary }),
          summary.reading?.grade ?? '—',
          found === undefined
            ? '—'
            : plain(found.difference?.value ?? null, { decimals: 1, interval: found.difference }),
        ];
      }),
      basis: {
        n: t(`${key}.answers`, { count: result.overall.n }),
        interval: t(`${key}.interval`, { level: formatShare(result.level) }),
        method: t(`${key}.method`, { excluded: result.excluded }),
        sources: [artifact],
      },
    };
  });
}
