import { Table } from 'antd';
import type { LabelsResult, SplitPart } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { WeightBar, WeightLegend } from '../../../charts/WeightBar.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';

interface Row {
  readonly label: string;
  readonly rows: number;
  readonly train: number;
  readonly dev: number;
  readonly test: number;
}

interface Props {
  readonly labels: LabelsResult;
  /** Rows of each class in each part; null before a split. */
  readonly parts: readonly Row[] | null;
}

const PARTS: readonly SplitPart[] = ['train', 'dev', 'test'];
const PAGE = 15;

/** Every class with its rows; each count opens exactly these rows. */
export function ClassTable({ labels, parts }: Props) {
  const t = useT();
  const rows: readonly Row[] = parts ?? labels.classes.map((entry) => ({ ...entry, train: 0, dev: 0, test: 0 }));
  const most = Math.max(1, ...rows.map((row) => row.rows));
  const partLabels = PARTS.map((part) => ({ id: part, label: t(`stage.competitiveness.screen.part.${part}`) }));
  const count = (row: Row, part: 'all' | SplitPart) => (
    <EvidenceLink
      count={part === 'all' ? row.rows : row[part]}
      evidence={{ type: 'label', label: row.label, part }}
      title={t('stage.competitiveness.screen.data.rowsOf', {
        label: row.label,
        part: t(`stage.competitiveness.screen.part.${part}`),
      })}
    />
  );
  return (
    <Card flush testId="competitiveness-data-classes">
      <Table<Row>
        size="small"
        rowKey="label"
        dataSource={[...rows]}
        pagination={{ pageSize: PAGE, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
        columns={[
          {
            title: t('stage.competitiveness.screen.data.class'),
            dataIndex: 'label',
            sorter: (a, b) => a.label.localeCompare(b.label),
            render: (label: string) => <strong>{label}</strong>,
          },
          {
            title:
              parts === null ? (
                <span className="visually-hidden">{t('stage.competitiveness.screen.data.rows')}</span>
              ) : (
                <WeightLegend parts={partLabels} />
              ),
            key: 'bar',
            width: 260,
            render: (_, row) => (
              <WeightBar
                width={240}
                max={most}
                interval={null}
                parts={
                  parts === null
                    ? [{ id: 'all', label: row.label, value: row.rows }]
                    : partLabels.map(({ id, label }) => ({ id, label, value: row[id] }))
                }
                label={t('stage.competitiveness.screen.data.countBar', { label: row.label, count: row.rows })}
              />
            ),
          },
          {
            title: t('stage.competitiveness.screen.data.rows'),
            key: 'rows',
            align: 'right',
            defaultSortOrder: 'descend',
            sorter: (a, b) => a.rows - b.rows,
            render: (_, row) => count(row, 'all'),
          },
          ...(parts === null
            ? []
            : PARTS.map((part) => ({
                title: t(`stage.competitiveness.screen.part.${part}`),
                key: part,
                align: 'right' as const,
                sorter: (a: Row, b: Row) => a[part] - b[part],
                render: (_: unknown, row: Row) => count(row, part),
              }))),
        ]}
      />
    </Card>
  );
}
