import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import type { Dataset } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { ScoreCard } from './ScoreCard.tsx';

const SLOT = 'demand.scores';

/** NPS, CSAT, CES and mean ratings, each with its interval. */
export function ScoresCard({ datasets }: { readonly datasets: readonly Dataset[] }) {
  const t = useT();
  const view = useView('demand.scores', {}, [SLOT]);
  const artifact = view.value?.artifact;
  const nameOf = (id: string) => datasets.find((dataset) => dataset.id === id)?.dataset.name ?? id;
  return (
    <Card
      title={t('stage.demand.screen.drivers.scores')}
      extra={
        <JobButton
          request="demand.computeScores"
          input={{}}
          slot={SLOT}
          label={t(view.value == null ? 'stage.demand.screen.compute' : 'stage.demand.screen.computeAgain')}
          testId="demand-scores-compute"
        />
      }
      testId="demand-scores"
    >
      <ViewNotice view={view} />
      {view.value === null && <p className="muted">{t('stage.demand.screen.drivers.scoresWillShow')}</p>}
      {view.value?.result.scores.length === 0 && <p className="muted">{t('stage.demand.screen.drivers.scoresNone')}</p>}
      {view.value && artifact !== undefined && (
        <>
          <div className="scores">
            {view.value.result.scores.map((score) => (
              <ScoreCard
                key={`${score.datasetId} ${score.columnId}`}
                score={score}
                dataset={nameOf(score.datasetId)}
                artifact={artifact}
              />
            ))}
          </div>
          <ArtifactStamp artifact={artifact} />
        </>
      )}
    </Card>
  );
}
