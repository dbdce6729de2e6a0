import { Select, Table } from 'antd';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { TableColumnProfile } from '../../../../shared/stages/adaptation/tables/contract.ts';
import {
  TABLE_COLUMN_TYPES,
  type TableColumnChoice,
  type TableSetup,
} from '../../../../shared/stages/adaptation/tables/results.ts';
import { columnWords } from '../../../../shared/stages/adaptation/tables/words.ts';
import { useT } from '../../../app/language.ts';
import { columnChoices } from './column-choices.ts';

interface Props {
  readonly setup: TableSetup;
  readonly columns: readonly TableColumnProfile[];
  readonly onChange: (choices: TableColumnChoice[]) => void;
}

/** How each column is read, with the reason of the suggestion. */
export function ColumnsTable({ setup, columns, onChange }: Props) {
  const t = useT();
  const choices = columnChoices(setup, columns);
  const set = (changed: string, type: TableColumnChoice['type']) =>
    onChange(choices.map((choice) => (choice.columnId === changed ? { ...choice, type } : choice)));
  return (
    <section className="settings-part">
      <h3>{t('stage.adaptation.screen.table.setup.columns')}</h3>
      <Table<TableColumnProfile>
        size="small"
        rowKey="columnId"
        dataSource={columns.filter(({ columnId }) => columnId !== setup.outcomeColumn)}
        pagination={false}
        scroll={{ x: 'max-content', y: 320 }}
        columns={[
          {
            title: t('stage.adaptation.screen.table.setup.column'),
            key: 'name',
            render: (_, { name }) => columnWords(name),
          },
          {
            title: t('stage.adaptation.screen.table.setup.readAs'),
            key: 'type',
            render: (_, column) => (
              <Select
                size="small"
                className="form-medium"
                value={choices.find(({ columnId }) => columnId === column.columnId)?.type ?? column.suggested}
                aria-label={`${columnWords(column.name)} ${t('stage.adaptation.screen.table.setup.readAs')}`}
                options={TABLE_COLUMN_TYPES.map((type) => ({
                  value: type,
                  label: t(`stage.adaptation.screen.table.setup.type.${type}`),
                }))}
                onChange={(type) => set(column.columnId, type)}
              />
            ),
          },
          {
            title: t('stage.adaptation.screen.table.setup.why'),
            key: 'reason',
            render: (_, { reason }) => (
              <span className="muted small">{t(`stage.adaptation.screen.table.setup.reason.${reason}`)}</span>
            ),
          },
          {
            title: t('stage.adaptation.screen.table.setup.values'),
            key: 'values',
            align: 'right',
            render: (_, { values }) => <span className="number">{formatNumber(values)}</span>,
          },
          {
            title: t('stage.adaptation.screen.table.setup.missing'),
            key: 'missing',
            align: 'right',
            render: (_, { missing }) => <span className="number">{formatNumber(missing)}</span>,
          },
        ]}
      />
    </section>
  );
}
