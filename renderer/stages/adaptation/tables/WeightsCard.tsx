import { Table } from 'antd';
import { formatNumber, formatShort } from '../../../../shared/i18n/number.ts';
import type { TableModelResult, TableResult } from '../../../../shared/stages/adaptation/tables/results.ts';
import { columnWords } from '../../../../shared/stages/adaptation/tables/words.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';

type Weight = NonNullable<TableResult['logistic']>[number];

interface Props {
  readonly weights: readonly Weight[];
  readonly model: TableModelResult;
  readonly event: string;
}

const PAGE = 15;

/** Every weight of the logistic regression, largest first. */
export function WeightsCard({ weights, model, event }: Props) {
  const t = useT();
  const rows = weights.toSorted((a, b) => Math.abs(b.coefficient) - Math.abs(a.coefficient));
  const featureText = ({ name, value, isMissing }: Weight) => {
    const words = columnWords(name);
    if (isMissing) return `${words}: ${t('stage.adaptation.screen.table.weights.isMissing')}`;
    if (value === null) return words;
    return `${words} = ${value === '…' ? t('stage.adaptation.screen.table.weights.rest') : value}`;
  };
  return (
    <Card title={t('stage.adaptation.screen.table.weights.title')} testId="adaptation-tables-weights">
      <p className="muted">{t('stage.adaptation.screen.table.weights.lead', { event })}</p>
      <Table<Weight>
        size="small"
        rowKey={(weight) => `${weight.columnId}/${weight.value}/${weight.isMissing}`}
        dataSource={rows}
        pagination={rows.length > PAGE ? { pageSize: PAGE, size: 'small', showSizeChanger: false } : false}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('stage.adaptation.screen.table.weights.feature'),
            key: 'feature',
            render: (_, weight) => featureText(weight),
            sorter: (a, b) => featureText(a).localeCompare(featureText(b)),
          },
          {
            title: t('stage.adaptation.screen.table.weights.coefficient'),
            key: 'coefficient',
            align: 'right',
            sorter: (a, b) => a.coefficient - b.coefficient,
            render: (_, { coefficient }) => (
              <span className="number">
                {coefficient > 0 ? '+' : ''}
                {formatNumber(coefficient, 3)}
              </span>
            ),
          },
          {
            title: t('stage.adaptation.screen.table.weights.mean'),
            key: 'mean',
            align: 'right',
            render: (_, { mean }) => <span className="number">{formatShort(mean)}</span>,
          },
          {
            title: t('stage.adaptation.screen.table.weights.deviation'),
            key: 'deviation',
            align: 'right',
            render: (_, { deviation }) => <span className="number">{formatShort(deviation)}</span>,
          },
        ]}
      />
      <p className="muted small">
        {t('stage.adaptation.screen.table.weights.penalty', { c: model.c === null ? '—' : String(model.c) })}
      </p>
    </Card>
  );
}
