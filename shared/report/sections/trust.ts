import { formatNumber } from '../../i18n/number.ts';
import { faithfulnessSchema } from '../../stages/competitiveness/explanation/results.ts';
import type { ExplainingStage } from '../../stages/competitiveness/explanation/slots.ts';
import { runRecordSchema } from '../../stages/competitiveness/results.ts';
import type { Block, Cell } from '../blocks.ts';
import { plain, points, share } from '../cells.ts';
import type { SectionReader } from '../input.ts';
import { idAndName, left, right } from './section.ts';

/** How far a model's confidence and its explanations may be trusted. */
export function writeTrust(reader: SectionReader): readonly Block[] {
  return [...temperatureTable(reader), ...faithfulnessTable(reader, 'competitiveness')];
}

function temperatureTable({ t, views }: SectionReader): readonly Block[] {
  const models = [
    ...views('competitiveness.run', runRecordSchema),
    ...views('competitiveness.compressed', runRecordSchema),
  ].flatMap(({ artifact, result: { id, name, temperature } }) =>
    temperature === null ? [] : [{ artifact, name: idAndName(id, name), temperature }],
  );
  const [first, ...rest] = models;
  if (first === undefined) return [];
  const { devRows, rows, resamples } = first.temperature;
  const when = (of: 'before' | 'after', score: 'ece' | 'brier') =>
    t('report.stages.competitiveness.scoreWhen', {
      score: t(`stage.competitiveness.screen.models.temperature.score.${score}`),
      when: t(`report.stages.competitiveness.${of}Temperature`),
    });
  return [
    {
      type: 'table',
      caption: t('report.stages.competitiveness.temperatures'),
      columns: [
        left(t('report.stages.competitiveness.model')),
        right('T'),
        right(when('before', 'ece')),
        right(when('after', 'ece')),
        right(when('before', 'brier')),
        right(when('after', 'brier')),
      ],
      rows: models.map(({ artifact: source, name, temperature: { temperature, before, after } }): readonly Cell[] => [
        name,
        plain(temperature, { decimals: 2, source }),
        share(before.ece.value, { interval: before.ece, source }),
        share(after.ece.value, { interval: after.ece, source }),
        plain(before.brier.value, { decimals: 3, interval: before.brier, source }),
        plain(after.brier.value, { decimals: 3, interval: after.brier, source }),
      ]),
      basis: {
        n: t('report.stages.competitiveness.testRows', { count: rows }),
        interval: t('report.stages.competitiveness.temperatureInterval', { resamples }),
        method: t('stage.competitiveness.screen.models.temperature.method', {
          devRows: formatNumber(devRows),
          rows: formatNumber(rows),
          resamples: formatNumber(resamples),
        }),
        sources: [first.artifact, ...rest.map(({ artifact }) => artifact)],
      },
    },
  ];
}

/** How far the explanations of a stage's models may be trusted; nothing where none was measured. */
export function faithfulnessTable({ t, views }: SectionReader, stage: ExplainingStage): readonly Block[] {
  const measured = views(`${stage}.faithfulness`, faithfulnessSchema);
  const [first, ...rest] = measured;
  if (first === undefined) return [];
  return [
    {
      type: 'table',
      caption: t('stage.competitiveness.screen.explanation.faithfulness.title'),
      columns: [
        left(t('report.stages.competitiveness.model')),
        left(t('report.stages.competitiveness.trusted')),
        right(t('stage.competitiveness.screen.explanation.measure.attribution')),
        right(t('stage.competitiveness.screen.explanation.measure.scoreFall')),
      ],
      rows: measured.map(({ artifact: source, result: { runId, verdict, aboveRandom } }): readonly Cell[] => {
        const above = (method: 'integratedGradients' | 'occlusion') => {
          const { comprehensiveness } = aboveRandom[method];
          return points(comprehensiveness.value, { interval: comprehensiveness, source });
        };
        return [
          runId,
          t(`stage.competitiveness.screen.explanation.faithfulness.verdict.${verdict}`),
          above('integratedGradients'),
          above('occlusion'),
        ];
      }),
      basis: {
        n: t('report.stages.competitiveness.testRows', { count: first.result.texts }),
        interval: t('report.stages.competitiveness.faithfulnessInterval', { resamples: first.result.resamples }),
        method: t('report.stages.competitiveness.faithfulnessMethod'),
        sources: [first.artifact, ...rest.map(({ artifact }) => artifact)],
      },
    },
  ];
}
