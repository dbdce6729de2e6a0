import { Table } from 'antd';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { SatisfactionHead, SatisfactionResult } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import { columnName, type Dataset } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';

const SLOT = 'demand.satisfaction';

type Source = SatisfactionResult['sources'][number];

/** Quality of the head on rows it was not trained on, beside what always guessing the majority would reach. */
function headText(t: Translate, head: SatisfactionHead, modelId: string | null): string {
  const base = { model: modelId ?? '—', trainedOn: head.trainedOn, folds: head.folds };
  const share = (value: number | null) => (value === null ? '—' : formatShare(value, 1));
  const plain = (value: number | null) => (value === null ? '—' : formatNumber(value, 2));
  return head.type === 'logistic'
    ? t('stage.demand.screen.drivers.headLogistic', {
        ...base,
        accuracy: share(head.accuracy),
        majority: share(head.majorityShare),
        auc: plain(head.auc),
      })
    : t('stage.demand.screen.drivers.headRidge', {
        ...base,
        rSquared: plain(head.rSquared),
        error: plain(head.meanAbsoluteError),
      });
}

/** Where the satisfaction of each dataset comes from: ratings, a model with its measured quality, or nowhere. Never made up. */
export function SatisfactionCard({ datasets }: { readonly datasets: readonly Dataset[] }) {
  const t = useT();
  const view = useView('demand.satisfaction', {}, [SLOT]);
  const result = view.value?.result;
  const originOf = (source: Source): string => {
    if (source.columnId !== null)
      return t('stage.demand.screen.drivers.fromRating', {
        column: columnName(datasets, source.datasetId, source.columnId),
      });
    return source.predicted > 0
      ? t('stage.demand.screen.drivers.fromModel')
      : t('stage.demand.screen.drivers.notAvailable');
  };
  return (
    <Card
      flush={result !== undefined}
      title={t('stage.demand.screen.drivers.satisfaction')}
      extra={
        <JobButton
          request="demand.computeSatisfaction"
          input={{}}
          slot={SLOT}
          label={t(result === undefined ? 'stage.demand.screen.compute' : 'stage.demand.screen.computeAgain')}
          testId="demand-satisfaction-compute"
        />
      }
      testId="demand-satisfaction"
    >
      <ViewNotice view={view} />
      {view.value === null && <p className="muted">{t('stage.demand.screen.drivers.satisfactionWillShow')}</p>}
      {view.value && result !== undefined && (
        <>
          <Table<Source>
            size="small"
            rowKey="datasetId"
            dataSource={[...result.sources]}
            pagination={false}
            columns={[
              {
                title: t('stage.demand.screen.dataset'),
                key: 'name',
                render: (_, { name }) => <strong>{name}</strong>,
              },
              {
                title: t('stage.demand.screen.drivers.source'),
                key: 'source',
                render: (_, source) => originOf(source),
              },
              {
                title: t('stage.demand.screen.drivers.rated'),
                key: 'rated',
                align: 'right',
                className: 'number',
                // Only a count of all rows kept has a list of exactly its rows.
                render: (_, { rated, datasetId, name }) =>
                  datasets.find(({ id }) => id === datasetId)?.clean?.rowsOut === rated ? (
                    <EvidenceLink count={rated} evidence={{ type: 'clean', datasetId, step: 'kept' }} title={name} />
                  ) : (
                    <NumberText value={rated} />
                  ),
              },
              {
                title: t('stage.demand.screen.drivers.predicted'),
                key: 'predicted',
                align: 'right',
                className: 'number',
                render: (_, { predicted }) => <NumberText value={predicted} />,
              },
              {
                title: t('stage.demand.screen.drivers.unavailable'),
                key: 'notAvailable',
                align: 'right',
                className: 'number',
                render: (_, { notAvailable }) => <NumberText value={notAvailable} />,
              },
              {
                title: t('stage.demand.screen.drivers.mean'),
                key: 'mean',
                align: 'right',
                className: 'number',
                render: (_, { mean, name, rated, predicted }) => (
                  <InspectedNumber
                    value={mean}
                    unit="plain"
                    decimals={2}
                    inspected={{
                      title: t('stage.demand.screen.drivers.meanOf', { name }),
                      n: rated + predicted,
                      method: t('stage.demand.screen.drivers.meanMethod'),
                      slot: SLOT,
                    }}
                  />
                ),
              },
            ]}
          />
          <p className="card-note">
            {result.head === null ? (
              t('stage.demand.screen.drivers.noHead')
            ) : (
              <>
                {headText(t, result.head, result.headModelId)}{' '}
                <span className={result.head.usable ? 'tag tag-accent' : 'tag tag-attention'}>
                  {t(
                    result.head.usable
                      ? 'stage.demand.screen.drivers.headUsable'
                      : 'stage.demand.screen.drivers.headNotUsable',
                  )}
                </span>
              </>
            )}
          </p>
          <ArtifactStamp artifact={view.value.artifact} />
        </>
      )}
    </Card>
  );
}
