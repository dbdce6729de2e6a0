import { Button, Input, Select, Table } from 'antd';
import { useMemo } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import { formatNumber, formatShort } from '../../../../shared/i18n/number.ts';
import { type DatasetKind, datasetKindSchema } from '../../../../shared/stages/demand/contract.ts';
import { guessColumnRoles } from '../../../../shared/stages/demand/import/guess-column-roles.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import type { ViewState } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeSource, type SourceDraft, useDemand } from '../store.ts';
import { ColumnRoles } from './ColumnRoles.tsx';
import { ProblemList } from './ProblemList.tsx';
import { ReadingOptions } from './ReadingOptions.tsx';
import { sourceError } from './source-error.ts';

const BYTES_PER_KB = 1024;
const BYTES_PER_MB = 1024 ** 2;
const NAME_LENGTH = 200;

interface Props {
  readonly source: SourceDraft;
  readonly view: ViewState<Output<'demand.inspectSource'>>;
  /** The last reading, while a newer one is fetched. */
  readonly reading: Output<'demand.inspectSource'> | undefined;
}

/** A file before its import: how it is read and why, what each column is for, its first rows. */
export function SourceReview({ source, view, reading }: Props) {
  const t = useT();
  const inspection = reading?.inspection;
  const guesses = useMemo(
    () => (inspection === undefined ? [] : guessColumnRoles(inspection.columns, inspection.sample)),
    [inspection],
  );
  const columns = source.columns ?? reading?.columns ?? [];
  return (
    <>
      <Card
        title={t('stage.demand.screen.import.reviewTitle', {
          file: source.fileName,
          size:
            source.bytes < BYTES_PER_MB
              ? t('stage.demand.screen.import.kilobytes', {
                  size: formatNumber(Math.ceil(source.bytes / BYTES_PER_KB)),
                })
              : t('stage.demand.screen.import.megabytes', { size: formatShort(source.bytes / BYTES_PER_MB) }),
        })}
        extra={
          <Button
            size="small"
            onClick={() => useDemand.setState({ source: null, importJobId: null })}
            data-testid="demand-import-discard"
          >
            {t('stage.demand.screen.import.other')}
          </Button>
        }
        testId="demand-import-review"
      >
        <div className="review-name">
          <div>
            <span className="reading-label">{t('stage.demand.screen.import.name')}</span>
            <Input
              aria-label={t('stage.demand.screen.import.name')}
              value={source.name}
              maxLength={NAME_LENGTH}
              status={source.name.trim() === '' ? 'error' : ''}
              onChange={({ target }) => changeSource({ name: target.value })}
              data-testid="demand-import-name"
            />
          </div>
          <div>
            <span className="reading-label">{t('stage.demand.screen.import.kind')}</span>
            <Select<DatasetKind>
              placeholder={t('stage.demand.screen.import.automatic')}
              className="fill"
              aria-label={t('stage.demand.screen.import.kind')}
              value={source.kind ?? reading?.suggestedKind ?? null}
              onChange={(kind) => changeSource({ kind })}
              options={datasetKindSchema.options.map((kind) => ({
                value: kind,
                label: t(`stage.demand.screen.kind.${kind}`),
              }))}
              data-testid="demand-import-kind"
            />
          </div>
        </div>
        {view.error === null ? (
          <ViewNotice view={view} />
        ) : (
          <ErrorNotice error={sourceError(view.error, source.fileName)} onRetry={view.refresh} />
        )}
        <ReadingOptions
          inspection={inspection}
          overrides={source.overrides}
          onChange={(overrides) => changeSource({ overrides, columns: null })}
        />
        {inspection !== undefined && inspection.problems.total > 0 && <ProblemList problems={inspection.problems} />}
      </Card>
      {inspection !== undefined && (
        <>
          <Card flush title={t('stage.demand.screen.import.columnsTitle', { count: columns.length })}>
            <ColumnRoles
              columns={columns}
              guesses={guesses}
              rows={inspection.preview}
              onChange={(changed) => changeSource({ columns: changed })}
            />
          </Card>
          <Card flush title={t('stage.demand.screen.import.previewTitle', { count: inspection.preview.length })}>
            <Table<{ readonly row: number; readonly cells: readonly string[] }>
              size="small"
              rowKey="row"
              virtual={false}
              pagination={false}
              scroll={{ x: 'max-content', y: 240 }}
              dataSource={inspection.preview.map((cells, row) => ({ row, cells }))}
              data-testid="demand-import-preview"
              columns={[
                {
                  title: '#',
                  key: 'row',
                  width: 44,
                  align: 'right',
                  fixed: 'left',
                  className: 'number muted',
                  render: (_, { row }) => row + 1,
                },
                ...inspection.columns.map(({ id, name }, place) => ({
                  title: name === '' ? id : name,
                  key: id,
                  ellipsis: true,
                  className: 'preview-cell',
                  render: (_: unknown, { cells }: { readonly cells: readonly string[] }) => cells[place] ?? '',
                })),
              ]}
            />
          </Card>
        </>
      )}
    </>
  );
}
