import { Select } from 'antd';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { UpstreamJobs } from '../../../components/UpstreamJobs.tsx';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { AdoptCard } from '../rounds/AdoptCard.tsx';
import { ChangeCard } from '../rounds/ChangeCard.tsx';
import { RoundSetup } from '../rounds/RoundSetup.tsx';
import { SeriesCard } from '../rounds/SeriesCard.tsx';
import { useService } from '../store.ts';
import { noticeLines, seriesName } from '../words.ts';

const SLOT = 'service.rounds';
/** Resamples of f1 where it was never computed. */
const RESAMPLES = 1000;
/** Series that stand open before the choice. */
const LEADING = 2;

/** Scores of each round, and the way of a new round into D. */
export function RoundsStep() {
  const t = useT();
  const datasets = useDatasets();
  const setup = useView('service.roundsSetup', {}, ['service.roundsSetup']);
  const rounds = useView('service.rounds', {}, [SLOT, 'service.roundsSetup', 'demand.adoption']);
  const change = useView('service.demandChange', {});
  const needs = useView('demand.needs', {}, ['demand.needs']);
  const chain = useView('project.chain', needs.value == null ? null : { slot: 'demand.needs' });
  const { rounds: entered, series: chosenSeries, seed } = useService();
  if (datasets.value?.length === 0) {
    return (
      <NothingYet
        stage="service"
        step="rounds"
        title={t('stage.service.screen.rounds.none')}
        hint={t('stage.service.screen.rounds.noneHint')}
        go={{
          stage: 'demand',
          step: 'import',
          label: t('stage.service.screen.rounds.goImport'),
          testId: 'service-go-import',
        }}
      />
    );
  }
  const held = setup.value?.rounds ?? [];
  const view = rounds.value ?? null;
  const isFresh = view !== null && view.artifact.stale.length === 0;
  const series = view?.result.series ?? [];
  const others = series.slice(LEADING);
  const other = others.find(({ id }) => id === chosenSeries) ?? others[0];
  const setupCard = setup.value !== undefined && <RoundSetup held={held} datasets={datasets.value ?? []} />;
  const needsView = needs.value ?? null;
  // f1 itself and all that was made from it.
  const affected = needsView === null ? 0 : 1 + (chain.value ?? []).filter(({ depth }) => depth > 0).length;
  return (
    <StepPage
      stage="service"
      step="rounds"
      action={
        <JobButton
          request="service.computeRounds"
          input={{}}
          slot={SLOT}
          label={t(`stage.service.screen.rounds.${view === null ? 'compute' : 'again'}`)}
          primary={!isFresh}
          missing={
            held.length === 0
              ? t('stage.service.screen.rounds.computeMissing')
              : entered === null
                ? null
                : t('stage.service.screen.rounds.unsaved')
          }
          testId="service-rounds-compute"
        />
      }
      notice={
        <>
          <ViewNotice view={datasets} />
          <ViewNotice view={setup} />
          <ViewNotice view={rounds} />
          <ViewNotice view={change} />
          <UpstreamJobs slot={SLOT} />
        </>
      }
      controls={
        <>
          {change.value !== undefined && <AdoptCard change={change.value} affected={affected} />}
          {view !== null && setupCard}
        </>
      }
    >
      {rounds.value === null && (
        <Card>
          <EmptyState
            title={t('stage.service.screen.rounds.none')}
            slot={SLOT}
            hint={
              held.length === 0 ? t('stage.service.screen.rounds.noneHint') : t('stage.service.screen.rounds.notYet')
            }
          />
        </Card>
      )}
      {view === null && setupCard}
      {view !== null && (
        <>
          <div className="two-columns">
            {series.slice(0, LEADING).map((entry) => (
              <SeriesCard key={entry.id} view={view} series={entry} />
            ))}
          </div>
          {other !== undefined && (
            <>
              <div className="choice-row">
                <strong>{t('stage.service.screen.rounds.others')}</strong>
                <Select
                  className="form-wide"
                  value={other.id}
                  options={others.map((entry) => ({ value: entry.id, label: seriesName(t, entry) }))}
                  aria-label={t('stage.service.screen.rounds.others')}
                  onChange={(id) => useService.setState({ series: id })}
                  data-testid="service-rounds-series"
                />
              </div>
              <SeriesCard view={view} series={other} />
            </>
          )}
          <NoticeList lines={noticeLines(t, view.result.notices)} />
          <ArtifactStamp artifact={view.artifact} />
        </>
      )}
      {change.value !== undefined && (change.value.adopted.length > 0 || change.value.premises.length > 0) && (
        <ChangeCard
          change={change.value}
          resamples={needsView?.result.resamples ?? RESAMPLES}
          seed={needsView?.artifact.seed ?? seed}
        />
      )}
    </StepPage>
  );
}
