import { Table } from 'antd';
import { formatShort } from '../../../../shared/i18n/number.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { PointsNumber } from '../../../components/PointsNumber.tsx';
import { pText } from '../../../components/p-text.ts';
import { EvaluationFigure } from '../models/figures.tsx';
import type { ModelRow } from './rows.ts';
import { VerdictTag } from './VerdictTag.tsx';

interface Props {
  readonly rows: readonly ModelRow[];
  readonly selected: string | null;
  readonly onChoose: (id: string) => void;
}

/** Originals and what was made from them, side by side. */
export function CompressionTable({ rows, selected, onChoose }: Props) {
  const t = useT();
  return (
    <Card flush title={t('stage.competitiveness.screen.compression.table')} testId="competitiveness-compression-table">
      <Table<ModelRow>
        size="small"
        rowKey="id"
        dataSource={[...rows]}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        onRow={({ id, compressed }) => ({
          ...(compressed ? { onClick: () => onChoose(id) } : {}),
          'data-testid': `competitiveness-compressed-${id}`,
        })}
        rowClassName={({ id }) => (id === selected ? 'row-chosen' : '')}
        columns={[
          {
            title: t('stage.competitiveness.screen.compression.model'),
            key: 'model',
            fixed: 'left',
            render: (_, row) => <ModelName row={row} onChoose={onChoose} />,
          },
          {
            title: t('stage.competitiveness.screen.compression.gate'),
            key: 'gate',
            render: (_, { view }) => (view.result.gate === null ? null : <VerdictTag gate={view.result.gate} />),
          },
          {
            title: t('stage.competitiveness.screen.compression.quality'),
            key: 'accuracy',
            render: (_, row) => (
              <>
                <div className="nowrap">
                  <EvaluationFigure {...origin(row)} evaluation={row.view.result.test} figure="accuracy" />
                </div>
                <div className="nowrap muted">
                  <EvaluationFigure {...origin(row)} evaluation={row.view.result.test} figure="macroF1" />
                </div>
              </>
            ),
          },
          {
            title: t('stage.competitiveness.screen.compression.difference'),
            key: 'difference',
            render: (_, row) => <Difference row={row} />,
          },
          {
            title: t('stage.competitiveness.screen.compression.changed'),
            key: 'changed',
            render: (_, row) => <ChangedRows row={row} />,
          },
          {
            title: t('stage.competitiveness.screen.models.latency'),
            key: 'latency',
            align: 'right',
            render: (_, row) => <Latency row={row} />,
          },
          {
            title: t('stage.competitiveness.screen.models.size'),
            key: 'size',
            align: 'right',
            render: (_, row) => <Measure row={row} measure="size" value={row.sizeMb} decimals={1} />,
          },
          {
            title: t('stage.competitiveness.screen.compression.memory'),
            key: 'memory',
            align: 'right',
            render: (_, row) => <Measure row={row} measure="memory" value={row.memoryMb} decimals={0} />,
          },
        ]}
      />
    </Card>
  );
}

const origin = ({ id, view: { artifact } }: ModelRow) => ({ name: id, slot: artifact.slot, seed: artifact.seed });

function ModelName({ row, onChoose }: { readonly row: ModelRow; readonly onChoose: (id: string) => void }) {
  const t = useT();
  const { id, view, compressed } = row;
  return (
    <div className="run-model">
      {compressed ? (
        <button type="button" className="link" onClick={() => onChoose(id)}>
          <strong>{id}</strong>
        </button>
      ) : (
        <strong>{id}</strong>
      )}{' '}
      {!compressed && <span className="tag">{t('stage.competitiveness.screen.compression.original')}</span>}
      {view.artifact.stale.length > 0 && (
        <span className="tag tag-attention">▲ {t('stage.competitiveness.screen.models.stale')}</span>
      )}
      <div className="muted">{view.result.name}</div>
    </div>
  );
}

function Difference({ row: { id, view } }: { readonly row: ModelRow }) {
  const t = useT();
  const { gate, compression } = view.result;
  if (gate === null) return null;
  const { accuracyDifference: difference, resamples, mcNemar, rows } = gate.comparison;
  return (
    <PointsNumber
      estimate={difference}
      inspected={{
        title: `${id} − ${compression?.parentId ?? ''} · ${t('stage.competitiveness.screen.models.accuracy')}`,
        method: t('stage.competitiveness.screen.models.differenceMethod', { resamples, p: pText(t, mcNemar.pValue) }),
        n: rows,
        slot: view.artifact.slot,
        seed: view.artifact.seed,
      }}
    />
  );
}

/** Counts as the comparison has them; each opens its texts. */
function ChangedRows({ row: { id, view } }: { readonly row: ModelRow }) {
  const t = useT();
  const { gate, compression } = view.result;
  if (gate === null || compression === null) return null;
  const { parentId } = compression;
  return (
    <>
      {(['fixed', 'broken'] as const).map((change) => (
        <div key={change} className="nowrap">
          {t(`stage.competitiveness.screen.compression.changes.${change}`)}{' '}
          <EvidenceLink
            count={gate.comparison[change]}
            evidence={{ type: 'difference', runId: id, referenceId: parentId, change }}
            title={t('stage.competitiveness.screen.compression.changedTitle', {
              id,
              parent: parentId,
              change: t(`stage.competitiveness.screen.compression.changes.${change}`),
            })}
          />
        </div>
      ))}
    </>
  );
}

function Latency({ row }: { readonly row: ModelRow }) {
  const t = useT();
  const { latency } = row;
  if (latency === null) return <span className="faint">—</span>;
  const { tokens, threads, provider, repeats } = latency;
  const method = t('stage.competitiveness.screen.compression.latencyMethod', {
    tokens,
    threads,
    provider,
    repeats,
    rate: formatShort(latency.textsPerSecond),
  });
  const figure = (name: 'p50' | 'p95', value: number) => (
    <InspectedNumber
      value={value}
      unit="plain"
      inspected={{
        title: `${row.id} · ${t(`stage.competitiveness.screen.models.${name}`)}`,
        method,
        n: repeats,
        slot: row.slot,
      }}
    />
  );
  return (
    <span className="nowrap">
      {figure('p50', latency.p50Ms)} / {figure('p95', latency.p95Ms)}
    </span>
  );
}

interface MeasureProps {
  readonly row: ModelRow;
  readonly measure: 'size' | 'memory';
  readonly value: number | null;
  readonly decimals: number;
}

function Measure({ row, measure, value, decimals }: MeasureProps) {
  const t = useT();
  const word =
    measure === 'size'
      ? t('stage.competitiveness.screen.models.size')
      : t('stage.competitiveness.screen.compression.memory');
  return (
    <InspectedNumber
      value={value}
      unit="plain"
      decimals={decimals}
      inspected={{
        title: `${row.id} · ${word}`,
        method: t(`stage.competitiveness.screen.compression.${measure}Method`),
        slot: row.slot,
      }}
    />
  );
}
