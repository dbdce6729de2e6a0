import type { ArtifactInfo } from '../../contract/artifact.ts';
import { formatNumber, formatShare } from '../../i18n/number.ts';
import { formatP } from '../../stages/competitiveness/strategy/plan-text.ts';
import { datasetResultSchema } from '../../stages/demand/contract.ts';
import {
  type ServiceEstimate,
  type TicketMeasureResult,
  type TicketsResult,
  type TriageResult,
  ticketsResultSchema,
  triageResultSchema,
} from '../../stages/service/results.ts';
import type { Basis, Block, Cell, NumberCell } from '../blocks.ts';
import { count, plain, points, share } from '../cells.ts';
import { trendChart } from '../charts/trend-chart.ts';
import { utcTime } from '../html/time.ts';
import type { SectionReader } from '../input.ts';
import { idAndName, left, right } from './section.ts';

const MINUTES_PER_HOUR = 60;
const PERCENT = 100;
const TONES = { worse: 'failed', better: 'good', unclear: 'attention' } as const;

export function datasetNameOf({ view }: SectionReader, id: string): string {
  return view(`demand.dataset:${id}`, datasetResultSchema)?.result.name ?? id;
}

/** Minutes of the service clock as hours. */
function hours({ value, low, high }: ServiceEstimate): NumberCell {
  const scaled = (minutes: number | null) => (minutes === null ? null : minutes / MINUTES_PER_HOUR);
  const cell = plain(scaled(value), { decimals: 1, interval: { low: scaled(low), high: scaled(high) } });
  return cell;
}

/** Times and promises kept, by ticket file, and what the model made of the texts. */
export function writeTickets(reader: SectionReader): readonly Block[] {
  const { views } = reader;
  return [
    ...views('service.tickets', ticketsResultSchema).flatMap(({ artifact, result }) =>
      ticketBlocks(reader, artifact, result),
    ),
    ...views('service.triage', triageResultSchema).flatMap(({ artifact, result }) =>
      triageBlocks(reader, artifact, result),
    ),
  ];
}

function ticketBlocks({ t }: SectionReader, artifact: ArtifactInfo, result: TicketsResult): readonly Block[] {
  const key = 'report.outcomes.tickets';
  const basis: Basis = {
    n: t(`${key}.tickets`, { count: result.tickets }),
    interval: t(`${key}.interval`),
    method: t(`${key}.method`, { clock: t(`${key}.clock.${result.clock}`), asOf: utcTime(result.asOf) }),
    sources: [artifact],
  };
  return [
    {
      type: 'table',
      caption: t(`${key}.caption`),
      columns: [
        left(t(`${key}.what`)),
        right(t(`${key}.n`)),
        right(t(`${key}.open`)),
        right(t(`${key}.median`)),
        right(t(`${key}.p90`)),
        right(t(`${key}.sla`)),
      ],
      rows: result.measures.map((measure) => [
        t(`${key}.measure.${measure.measure}`),
        count(measure.n),
        count(measure.open),
        hours(measure.median),
        hours(measure.p90),
        measure.sla === null ? '—' : share(measure.sla.share.value, { interval: measure.sla.share }),
      ]),
      basis,
    },
    ...result.measures.flatMap((measure) => [...weekChart(measure), ...groupTables(measure)]),
  ];

  function weekChart(measure: TicketMeasureResult): readonly Block[] {
    const weeks = measure.groups.find(({ by }) => by === 'week')?.rows ?? [];
    if (weeks.filter(({ sla }) => sla !== null && sla.share.value !== null).length < 2) return [];
    const title = t(`${key}.trend`, { measure: t(`${key}.measure.${measure.measure}`) });
    const scaled = (value: number | null | undefined) =>
      value === null || value === undefined ? null : value * PERCENT;
    return [
      {
        type: 'chart',
        caption: title,
        svg: trendChart({
          title,
          axis: '%',
          formatTick: (value) => formatNumber(value),
          points: weeks.map(({ value, sla }) => ({
            name: value ?? '—',
            value: scaled(sla?.share.value),
            low: scaled(sla?.share.low),
            high: scaled(sla?.share.high),
          })),
        }),
        basis,
      },
    ];
  }

  function groupTables(measure: TicketMeasureResult): readonly Block[] {
    return measure.groups
      .filter(({ by, rows }) => (by === 'team' || by === 'priority') && rows.some(({ sla }) => sla !== null))
      .map(
        ({ by, rows }): Block => ({
          type: 'table',
          caption: t(`${key}.groups`, { measure: t(`${key}.measure.${measure.measure}`), by: t(`${key}.by.${by}`) }),
          columns: [
            left(t(`${key}.group`)),
            right(t(`${key}.n`)),
            right(t(`${key}.median`)),
            right(t(`${key}.sla`)),
            right(t(`${key}.rest`)),
            left(t('report.trials.tests.verdict')),
          ],
          rows: rows.map(({ value, tickets, median, sla, againstRest }): readonly Cell[] => [
            value ?? t(`${key}.noValue`),
            count(tickets),
            hours(median),
            sla === null ? '—' : share(sla.share.value, { interval: sla.share }),
            againstRest === null ? '—' : points(againstRest.difference, { interval: againstRest }),
            againstRest === null
              ? '—'
              : {
                  tag: `${t(`${key}.verdict.${againstRest.verdict}`)} · p ${formatP(againstRest.pAdjusted)}`,
                  tone: TONES[againstRest.verdict],
                },
          ]),
          basis: { ...basis, method: t(`${key}.groupMethod`) },
        }),
      );
  }
}

function triageBlocks({ t }: SectionReader, artifact: ArtifactInfo, result: TriageResult): readonly Block[] {
  const key = 'report.outcomes.tickets';
  const { truth } = result;
  const bound = (value: number | null) => (value === null ? '—' : formatShare(value, 1));
  return [
    {
      type: 'table',
      caption: t(`${key}.triage`),
      columns: [left(t(`${key}.label`)), right(t(`${key}.n`)), right(t(`${key}.share`)), right(t(`${key}.low`))],
      rows: result.predicted.map(({ label, rows, share: part, lowConfidence }) => [
        label,
        count(rows),
        share(part.value, { interval: part }),
        count(lowConfidence),
      ]),
      basis: {
        n: t(`${key}.texts`, { count: result.n }),
        interval: t(`${key}.wilson`),
        method: t(`${key}.triageMethod`, {
          model: idAndName(result.modelId, result.modelName),
          bound: formatShare(result.confidenceBelow),
        }),
        sources: [artifact],
      },
    },
    ...(truth === null
      ? []
      : [
          {
            type: 'answer',
            items: [
              {
                text: t(`${key}.truth`, {
                  accuracy: bound(truth.accuracy.value),
                  low: bound(truth.accuracy.low),
                  high: bound(truth.accuracy.high),
                  kappa: truth.kappa.value === null ? '—' : formatNumber(truth.kappa.value, 2),
                  n: truth.n,
                }),
                source: artifact,
              },
            ],
          } as const,
        ]),
  ];
}
