import { Button, Popconfirm, Table } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import type { ColumnRole } from '../../../../shared/stages/demand/import/column-role.ts';
import { useLanguage, useT } from '../../../app/language.ts';
import { asAppError } from '../../../app/session.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { timeText } from '../../../components/time.ts';
import type { Dataset } from '../../../components/use-datasets.ts';
import { call } from '../../../engine.ts';
import { ColumnRoles } from './ColumnRoles.tsx';
import { ProblemList } from './ProblemList.tsx';

/** Roles of an imported dataset: changed here, saved together. */
function RolesEditor({ dataset, onDone }: { readonly dataset: Dataset; readonly onDone: () => void }) {
  const t = useT();
  const [columns, setColumns] = useState<readonly ColumnRole[]>(dataset.columns);
  const [error, setError] = useState<AppError | null>(null);
  const save = () => {
    call('demand.setRoles', { datasetId: dataset.id, columns: [...columns] }).then(onDone, (failure: unknown) =>
      setError(asAppError(failure)),
    );
  };
  return (
    <div className="roles-editor">
      {dataset.dataset.problems.total > 0 && <ProblemList problems={dataset.dataset.problems} />}
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      <ColumnRoles columns={columns} guesses={[]} rows={[]} onChange={setColumns} />
      <div className="actions">
        <Button size="small" onClick={onDone}>
          {t('action.cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          disabled={columns === dataset.columns}
          onClick={save}
          data-testid="demand-roles-save"
        >
          {t('stage.demand.screen.import.saveRoles')}
        </Button>
      </div>
    </div>
  );
}

function rolesInUse(columns: readonly ColumnRole[]): ReadonlyMap<ColumnRole['role'], number> {
  const counts = new Map<ColumnRole['role'], number>();
  for (const { role } of columns) if (role !== 'ignore') counts.set(role, (counts.get(role) ?? 0) + 1);
  return counts;
}

/** What was imported: rows that open, problems, roles in use; roles can be changed, a dataset removed. */
export function DatasetList({ datasets }: { readonly datasets: readonly Dataset[] }) {
  const t = useT();
  const language = useLanguage();
  const [open, setOpen] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const remove = (datasetId: string) =>
    call('demand.removeDataset', { datasetId }).then(
      () => setOpen(null),
      (failure: unknown) => setError(asAppError(failure)),
    );
  return (
    <Card flush title={t('stage.demand.screen.import.datasets')} testId="demand-datasets">
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      <Table<Dataset>
        size="small"
        rowKey="id"
        dataSource={[...datasets]}
        pagination={false}
        expandable={{
          columnTitle: <span className="visually-hidden">{t('list.details')}</span>,
          expandedRowKeys: open === null ? [] : [open],
          showExpandColumn: false,
          expandedRowRender: (dataset) => <RolesEditor dataset={dataset} onDone={() => setOpen(null)} />,
        }}
        columns={[
          {
            title: t('stage.demand.screen.import.name'),
            key: 'name',
            render: (_, { dataset }) => <strong>{dataset.name}</strong>,
          },
          {
            title: t('stage.demand.screen.import.kind'),
            key: 'kind',
            className: 'cell-whole',
            render: (_, { dataset }) => t(`stage.demand.screen.kind.${dataset.kind}`),
          },
          {
            title: t('stage.demand.screen.import.rows'),
            key: 'rows',
            align: 'right',
            className: 'number',
            sorter: (a, b) => a.dataset.rowCount - b.dataset.rowCount,
            render: (_, { id, dataset }) => (
              <EvidenceLink
                count={dataset.rowCount}
                evidence={{ type: 'dataset', datasetId: id }}
                title={dataset.name}
              />
            ),
          },
          {
            title: t('stage.demand.screen.import.problemRows'),
            key: 'problems',
            align: 'right',
            className: 'number',
            render: (_, { id, dataset }) =>
              dataset.problems.total === 0 ? (
                '0'
              ) : (
                <button type="button" className="link tone-attention" onClick={() => setOpen(id)}>
                  ▲ {dataset.problems.total}
                </button>
              ),
          },
          {
            title: t('stage.demand.screen.import.usedAs'),
            key: 'roles',
            render: (_, { columns }) => (
              <span className="tags">
                {[...rolesInUse(columns)].map(([role, count]) => (
                  <span key={role} className="tag">
                    {count === 1
                      ? t(`stage.demand.screen.role.${role}`)
                      : t('stage.demand.screen.import.roleCount', {
                          role: t(`stage.demand.screen.role.${role}`),
                          count,
                        })}
                  </span>
                ))}
              </span>
            ),
          },
          {
            title: t('stage.demand.screen.import.made'),
            key: 'made',
            className: 'number',
            render: (_, { artifact }) => timeText(language, artifact.createdAt),
          },
          {
            title: <span className="visually-hidden">{t('list.actions')}</span>,
            key: 'actions',
            align: 'right',
            className: 'cell-whole',
            render: (_, { id, dataset }) => (
              <span className="actions">
                <Button
                  type="link"
                  size="small"
                  aria-expanded={open === id}
                  onClick={() => setOpen(open === id ? null : id)}
                  data-testid={`demand-roles-${id}`}
                >
                  {t('stage.demand.screen.import.editRoles')}
                </Button>
                <Popconfirm
                  title={t('stage.demand.screen.import.removeTitle', { name: dataset.name })}
                  description={t('stage.demand.screen.import.removeWhat', { count: dataset.rowCount })}
                  okText={t('stage.demand.screen.import.remove')}
                  cancelText={t('action.cancel')}
                  okButtonProps={{ danger: true }}
                  onConfirm={() => remove(id)}
                >
                  <Button type="link" size="small" danger data-testid={`demand-remove-${id}`}>
                    {t('stage.demand.screen.import.remove')}
                  </Button>
                </Popconfirm>
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
