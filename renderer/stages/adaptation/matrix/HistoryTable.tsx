import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { AdaptedModel, History } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { GlossedText } from '../../../components/GlossedText.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';

interface Props {
  readonly models: readonly ArtifactView<AdaptedModel>[];
}

const SUMMARIES = ['average', 'backwardTransfer', 'forgetting'] as const;
const POINTS = 100;

/** What each training of a chain kept of the tasks before it; one table for each chain that goes on no further. */
export function HistoryTables({ models }: Props) {
  const t = useT();
  const sources = new Set(models.map(({ result }) => result.sourceId));
  const ends = models.filter(({ result }) => result.history !== null && !sources.has(result.id));
  if (ends.length === 0) return null;
  return (
    <Card title={t('stage.adaptation.screen.history.title')} testId="adaptation-history">
      <p className="muted">
        <GlossedText text={t('stage.adaptation.screen.history.lead')} />
      </p>
      {ends.map(({ artifact, result: { id, history } }) =>
        history === null ? null : (
          <HistoryTable key={id} id={id} history={history} slot={artifact.slot} seed={artifact.seed} />
        ),
      )}
    </Card>
  );
}

interface ChainProps {
  readonly id: string;
  readonly history: History;
  readonly slot: string;
  readonly seed: number;
}

function HistoryTable({ id, history, slot, seed }: ChainProps) {
  const t = useT();
  const { trainings, accuracy, resamples } = history;
  const rows = trainings.reduce((sum, training) => sum + training.rows, 0);
  return (
    <section aria-label={id} data-testid={`adaptation-history-${id}`}>
      <Table<History['trainings'][number]>
        size="small"
        rowKey={(training) => training.id}
        dataSource={[...trainings]}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('stage.adaptation.screen.history.after'),
            key: 'after',
            render: (_, training) => (
              <>
                <strong>{training.id}</strong> {training.name}
              </>
            ),
          },
          ...trainings.map((task, j) => ({
            title: t('stage.adaptation.screen.history.task', { id: task.id, rows: task.rows }),
            key: task.id,
            align: 'right' as const,
            render: (_: unknown, __: unknown, i: number) => {
              const cell = accuracy[i]?.[j] ?? null;
              return cell === null ? (
                <span className="muted">—</span>
              ) : (
                <InspectedNumber
                  value={cell.value}
                  unit="share"
                  interval={[cell.low, cell.high]}
                  inspected={{
                    title: `${trainings[i]?.id} · ${t('stage.adaptation.screen.history.task', { id: task.id, rows: task.rows })}`,
                    n: task.rows,
                    method: t('stage.adaptation.screen.history.cellMethod'),
                    slot,
                    seed,
                  }}
                />
              );
            },
          })),
        ]}
      />
      <dl className="facts facts-columns">
        {SUMMARIES.map((name) => {
          const summary = history[name];
          const scale = name === 'average' ? 1 : POINTS;
          return (
            <div key={name}>
              <dt>{t(`stage.adaptation.screen.history.${name}`)}</dt>
              <dd>
                {summary === null ? (
                  '—'
                ) : (
                  <InspectedNumber
                    value={summary.value * scale}
                    unit={name === 'average' ? 'share' : 'points'}
                    interval={[summary.low * scale, summary.high * scale]}
                    inspected={{
                      title: `${id} · ${t(`stage.adaptation.screen.history.${name}`)}`,
                      n: rows,
                      method: t(`stage.adaptation.screen.history.${name}Method`, { resamples }),
                      slot,
                      seed,
                    }}
                  />
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
