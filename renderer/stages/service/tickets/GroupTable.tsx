import { Segmented, Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { TicketGroupRow, TicketsResult } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell } from '../../../charts/RangeCell.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { useService } from '../store.ts';
import { minutesText } from '../words.ts';

type TicketGroups = TicketsResult['measures'][number]['groups'][number];

const SIGN = { worse: '▼', better: '▲', unclear: '○' } as const;
const TONE = { worse: 'tag-failed', better: 'tag-accent', unclear: '' } as const;
const STATES = ['met', 'breached', 'undecided'] as const;

/** The first kind of group, teams before others, in which one lags behind the rest; the first of all where none does. */
function telling(groups: readonly TicketGroups[]): TicketGroups | undefined {
  const lagging = groups.filter(({ rows }) => rows.some(({ againstRest }) => againstRest?.verdict === 'worse'));
  return lagging.find(({ by }) => by === 'team') ?? lagging[0] ?? groups[0];
}

/** Priorities, teams, categories or weeks against each other; each count opens its tickets. */
export function GroupTable({ view: { artifact, result } }: { readonly view: ArtifactView<TicketsResult> }) {
  const t = useT();
  const { measure: wanted, group: wantedGroup } = useService();
  const measure = result.measures.find((entry) => entry.measure === wanted) ?? result.measures[0];
  const groups = measure?.groups.find((entry) => entry.by === wantedGroup) ?? telling(measure?.groups ?? []);
  if (measure === undefined || groups === undefined) return null;
  const { by } = groups;
  const measureName = t(`stage.service.screen.tickets.measure.${measure.measure}`);
  const valueName = (value: string | null) => value ?? t('stage.service.screen.tickets.none1');
  const overall = measure.sla?.share.value ?? null;
  const hasTargets = groups.rows.some(({ sla }) => sla !== null);
  const link = (row: TicketGroupRow, state: 'all' | (typeof STATES)[number], count: number) => (
    <EvidenceLink
      count={count}
      evidence={{
        type: 'ticket',
        datasetId: result.datasetId,
        measure: measure.measure,
        state,
        by,
        value: row.value,
      }}
      title={t('stage.service.screen.tickets.rowsTitle', {
        measure: measureName,
        group: valueName(row.value),
        state: t(`stage.service.screen.tickets.${state}`),
      })}
    />
  );
  return (
    <Card
      flush
      title={t(by === 'week' ? 'stage.service.screen.tickets.weekly' : 'stage.service.screen.tickets.groups')}
      extra={
        <div className="table-tools">
          <Segmented
            size="small"
            value={measure.measure}
            aria-label={t('stage.service.screen.tickets.measureColumn')}
            options={result.measures.map((entry) => ({
              value: entry.measure,
              label: t(`stage.service.screen.tickets.measure.${entry.measure}`),
            }))}
            onChange={(chosen) => useService.setState({ measure: chosen })}
            data-testid="service-tickets-measure"
          />
          <Segmented
            size="small"
            value={by}
            aria-label={t('stage.service.screen.tickets.group')}
            options={measure.groups.map((entry) => ({
              value: entry.by,
              label: t(`stage.service.screen.tickets.by.${entry.by}`),
            }))}
            onChange={(chosen) => useService.setState({ group: chosen })}
            data-testid="service-tickets-by"
          />
        </div>
      }
      testId="service-tickets-groups"
    >
      <Table<TicketGroupRow>
        size="small"
        rowKey={({ value }) => value ?? ''}
        dataSource={[...groups.rows]}
        pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t(`stage.service.screen.tickets.by.${by}`),
            key: 'value',
            sorter: (a, b) => valueName(a.value).localeCompare(valueName(b.value)),
            render: (_, { value }) => <strong>{valueName(value)}</strong>,
          },
          {
            title: t('stage.service.screen.tickets.tickets'),
            key: 'tickets',
            align: 'right',
            sorter: (a, b) => a.tickets - b.tickets,
            render: (_, row) => link(row, 'all', row.tickets),
          },
          {
            title: t('stage.service.screen.tickets.median'),
            key: 'median',
            align: 'right',
            className: 'number',
            sorter: (a, b) => (a.median.value ?? Infinity) - (b.median.value ?? Infinity),
            render: (_, { median }) => (
              <>
                {median.value === null ? '—' : minutesText(t, median.value)}
                {median.value !== null && median.low !== null && median.high !== null && (
                  <div className="number-interval">
                    [{minutesText(t, median.low, median.value)}, {minutesText(t, median.high, median.value)}]
                  </div>
                )}
              </>
            ),
          },
          ...(hasTargets
            ? [
                {
                  title: t('stage.service.screen.tickets.share'),
                  key: 'share',
                  sorter: (a: TicketGroupRow, b: TicketGroupRow) =>
                    (a.sla?.share.value ?? -1) - (b.sla?.share.value ?? -1),
                  render: (_: unknown, { sla, value, againstRest }: TicketGroupRow) =>
                    sla === null || sla.share.value === null ? (
                      <span className="faint">—</span>
                    ) : (
                      <div className="score-cell">
                        <RangeCell
                          value={sla.share.value}
                          interval={boundsOf(sla.share.low, sla.share.high)}
                          span={[0, 1]}
                          reference={overall}
                          tone={againstRest?.verdict === 'worse' ? 'failed' : 'accent'}
                          label={valueName(value)}
                          width={110}
                        />
                        <InspectedNumber
                          value={sla.share.value}
                          unit="share"
                          interval={boundsOf(sla.share.low, sla.share.high)}
                          inspected={{
                            title: `${valueName(value)} · ${t('stage.service.screen.tickets.share')}`,
                            n: sla.share.n,
                            method: t('stage.service.screen.tickets.shareMethod'),
                            slot: artifact.slot,
                          }}
                        />
                      </div>
                    ),
                },
                ...STATES.map((state) => ({
                  title: t(`stage.service.screen.tickets.${state}`),
                  key: state,
                  align: 'right' as const,
                  sorter: (a: TicketGroupRow, b: TicketGroupRow) => (a.sla?.[state] ?? 0) - (b.sla?.[state] ?? 0),
                  render: (_: unknown, row: TicketGroupRow) =>
                    row.sla === null ? <span className="faint">—</span> : link(row, state, row.sla[state]),
                })),
              ]
            : []),
          ...(groups.rows.some(({ againstRest }) => againstRest !== null)
            ? [
                {
                  title: t('stage.service.screen.tickets.against'),
                  key: 'against',
                  render: (_: unknown, { againstRest, value }: TicketGroupRow) =>
                    againstRest === null ? (
                      <span className="faint">—</span>
                    ) : (
                      <span className="against-rest">
                        <span className={`tag ${TONE[againstRest.verdict]}`}>
                          {SIGN[againstRest.verdict]} {t(`stage.service.screen.tickets.verdict.${againstRest.verdict}`)}
                        </span>{' '}
                        <InspectedNumber
                          value={againstRest.difference * 100}
                          unit="points"
                          interval={[againstRest.low * 100, againstRest.high * 100]}
                          inspected={{
                            title: `${valueName(value)} · ${t('stage.service.screen.tickets.against')}`,
                            method: t('stage.service.screen.tickets.againstMethod', {
                              p: formatNumber(againstRest.pAdjusted, 4),
                            }),
                            slot: artifact.slot,
                          }}
                        />
                      </span>
                    ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
