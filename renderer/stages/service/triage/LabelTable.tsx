import { Table } from 'antd';
import type { TriageResult } from '../../../../shared/stages/service/results.ts';
import { useT } from '../../../app/language.ts';
import { WeightBar } from '../../../charts/WeightBar.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';

interface Props {
  readonly result: TriageResult;
  /** Tickets by the label that counts, corrections included. */
  readonly effective: readonly { readonly label: string; readonly rows: number }[];
  readonly slot: string;
}

type Row = TriageResult['predicted'][number] & { readonly counted: number };

/** Tickets of each class, corrections included; a bar opens its tickets. */
export function LabelTable({ result, effective, slot }: Props) {
  const t = useT();
  const counted = new Map(effective.map(({ label, rows }) => [label, rows]));
  const rows: readonly Row[] = result.predicted.map((entry) => ({ ...entry, counted: counted.get(entry.label) ?? 0 }));
  const most = Math.max(0.01, ...rows.map(({ share }) => share.high ?? share.value ?? 0));
  const recallOf = (label: string) => result.truth?.perLabel.find((entry) => entry.label === label)?.recall;
  return (
    <Table<Row>
      size="small"
      rowKey="label"
      dataSource={[...rows]}
      pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
      columns={[
        {
          title: t('stage.service.screen.triage.label'),
          dataIndex: 'label',
          sorter: (a, b) => a.label.localeCompare(b.label),
          render: (label: string) => <strong>{label}</strong>,
        },
        {
          title: t('stage.service.screen.triage.share'),
          key: 'share',
          sorter: (a, b) => a.rows - b.rows,
          render: (_, { label, share }) => (
            <div className="bar-cell" title={t('stage.service.screen.triage.shareMethod')}>
              <WeightBar
                width={70}
                max={most}
                interval={boundsOf(share.low, share.high)}
                parts={[{ id: 'share', label, value: share.value ?? 0 }]}
                label={label}
              />
            </div>
          ),
        },
        {
          title: t('stage.service.screen.triage.rows'),
          key: 'rows',
          align: 'right',
          defaultSortOrder: 'descend',
          sorter: (a, b) => a.counted - b.counted,
          render: (_, { label, counted: count }) => (
            <EvidenceLink
              count={count}
              evidence={{ type: 'triage', datasetId: result.datasetId, label, show: 'all' }}
              title={t('stage.service.screen.triage.rowsTitle', {
                label,
                show: t('stage.service.screen.triage.show.all'),
              })}
            />
          ),
        },
        {
          title: t('stage.service.screen.triage.low'),
          key: 'low',
          align: 'right',
          sorter: (a, b) => a.lowConfidence - b.lowConfidence,
          className: 'number',
          dataIndex: 'lowConfidence',
        },
        ...(result.truth === null
          ? []
          : [
              {
                title: t('stage.service.screen.triage.recall'),
                key: 'recall',
                align: 'right' as const,
                sorter: (a: Row, b: Row) => (recallOf(a.label)?.value ?? -1) - (recallOf(b.label)?.value ?? -1),
                render: (_: unknown, { label }: Row) => {
                  const recall = recallOf(label);
                  return (
                    <InspectedNumber
                      value={recall?.value ?? null}
                      unit="share"
                      decimals={0}
                      interval={recall === undefined ? null : boundsOf(recall.low, recall.high)}
                      inspected={{
                        title: `${label} · ${t('stage.service.screen.triage.recall')}`,
                        n: recall?.n ?? 0,
                        method: t('stage.service.screen.triage.recallMethod'),
                        slot,
                      }}
                    />
                  );
                },
              },
            ]),
      ]}
    />
  );
}
