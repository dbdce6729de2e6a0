import { Button, InputNumber } from 'antd';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { NeedsResult } from '../../../../shared/stages/demand/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { boundsOf } from '../../../components/InspectedNumber.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { UpstreamJobs } from '../../../components/UpstreamJobs.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { NeedsDataset } from '../NeedsDataset.tsx';
import { HowToRead } from '../needs/HowToRead.tsx';
import { NeedQuadrant } from '../needs/NeedQuadrant.tsx';
import { NeedSetupCard } from '../needs/NeedSetupCard.tsx';
import { NeedTable } from '../needs/NeedTable.tsx';
import { PartWeightsCard } from '../needs/PartWeightsCard.tsx';
import { RequirementsCard } from '../needs/RequirementsCard.tsx';
import { SegmentTable } from '../needs/SegmentTable.tsx';
import { useDemand } from '../store.ts';

const SLOT = 'demand.needs';
const SETUP_READS = ['demand.needsSetup', 'demand.topics', 'demand.topicEdits', 'demand.dataset', 'demand.roles'];

/** f1(D): weights of needs with intervals, how they come about, and what the next stages must meet. */
export function NeedsStep() {
  const t = useT();
  const datasets = useDatasets();
  const needs = useView('demand.needs', {}, [SLOT]);
  const setup = useView('demand.needsSetup', {}, SETUP_READS);
  const topics = useView('demand.editedTopics', {}, ['demand.topics', 'demand.topicEdits']);
  const { selectedNeed, resamples, seed } = useDemand();
  const { send, busy, error, clear } = useCommand();

  if (datasets.value?.length === 0) {
    return <NeedsDataset step="needs" />;
  }
  const view = needs.value ?? null;
  const method =
    view === null
      ? ''
      : t('stage.demand.screen.needs.method', {
          driver: formatNumber(view.result.partWeights.driver, 2),
          mention: formatNumber(view.result.partWeights.mention, 2),
          gap: formatNumber(view.result.partWeights.gap, 2),
          resamples: view.result.resamples,
        });
  const select = (need: NeedsResult['needs'][number]) => {
    if (view === null) return;
    const interval = boundsOf(need.low, need.high);
    useDemand.setState({ selectedNeed: need.id });
    inspect({
      title: need.name,
      value: formatShare(need.weight, 1),
      ...(interval === null
        ? {}
        : { interval: { low: formatShare(interval[0], 1), high: formatShare(interval[1], 1) } }),
      n: need.volume,
      method,
      seed: view.artifact.seed,
      slot: view.artifact.slot,
      ref: { type: 'need', needId: need.id, segment: null },
    });
  };
  const isFresh = view !== null && view.artifact.stale.length === 0;
  const hasNeeds = (setup.value?.needs.length ?? 0) > 0;
  return (
    <StepPage
      stage="demand"
      step="needs"
      action={
        <>
          {view !== null && (
            <Button
              type={isFresh ? 'primary' : 'default'}
              onClick={() => goToStep('competitiveness', 'data')}
              data-testid="demand-needs-next"
            >
              {t('stage.demand.screen.needs.next')} →
            </Button>
          )}
          <JobButton
            request="demand.computeNeeds"
            input={{ resamples, seed }}
            slot={SLOT}
            label={t(view === null ? 'stage.demand.screen.needs.compute' : 'stage.demand.screen.needs.again')}
            primary={!isFresh}
            missing={setup.value === undefined || hasNeeds ? null : t('stage.demand.screen.needs.noNeeds')}
            testId="demand-needs-compute"
          />
        </>
      }
      notice={
        <>
          <ViewNotice view={datasets} />
          <ViewNotice view={needs} />
          <ViewNotice view={setup} />
          <UpstreamJobs slot={SLOT} />
          {error !== null && <ErrorNotice error={error} onClose={clear} />}
        </>
      }
      explanation={
        view === null ? undefined : (
          <>
            <NeedQuadrant result={view.result} selected={selectedNeed} onSelect={select} />
            <HowToRead result={view.result} />
          </>
        )
      }
      controls={
        <>
          {view !== null && <SegmentTable result={view.result} artifact={view.artifact} />}
          <RequirementsCard />
          {setup.value !== undefined && hasNeeds && (
            <>
              <PartWeightsCard
                weights={setup.value.partWeights}
                result={view?.result ?? null}
                busy={busy}
                onSave={(partWeights) =>
                  setup.value === undefined
                    ? Promise.resolve(false)
                    : send('demand.setNeeds', { ...setup.value, partWeights })
                }
              />
              <NeedSetupCard
                needs={setup.value.needs}
                grouping={setup.value.grouping}
                topicNames={new Map((topics.value?.topics ?? []).map(({ id, name }) => [id, name]))}
                datasets={datasets.value ?? []}
                busy={busy}
                onSave={(changed) =>
                  setup.value === undefined
                    ? Promise.resolve(false)
                    : send('demand.setNeeds', { ...setup.value, needs: changed })
                }
                onGroup={(grouping) => {
                  if (setup.value !== undefined) void send('demand.setNeeds', { ...setup.value, grouping });
                }}
              />
            </>
          )}
          <Card title={t('stage.demand.screen.needs.sampling')}>
            <div className="fields">
              <div className="field">
                <span className="reading-label">{t('stage.demand.screen.resamples')}</span>
                <InputNumber
                  size="small"
                  min={100}
                  max={10000}
                  step={100}
                  precision={0}
                  value={resamples}
                  aria-label={t('stage.demand.screen.resamples')}
                  onChange={(value) => value !== null && useDemand.setState({ resamples: value })}
                />
              </div>
              <div className="field">
                <span className="reading-label">{t('stage.demand.screen.seed')}</span>
                <InputNumber
                  size="small"
                  min={0}
                  max={4294967295}
                  precision={0}
                  value={seed}
                  aria-label={t('stage.demand.screen.seed')}
                  onChange={(value) => value !== null && useDemand.setState({ seed: value })}
                />
              </div>
            </div>
          </Card>
        </>
      }
    >
      {needs.value === null && (
        <Card>
          <EmptyState
            title={t('stage.demand.screen.needs.none')}
            hint={hasNeeds ? t('stage.demand.screen.needs.willShow') : t('stage.demand.screen.needs.noNeeds')}
            action={
              !hasNeeds && (
                <Button type="primary" onClick={() => goToStep('demand', 'topics')}>
                  {t('palette.go', { place: t('stage.demand.step.topics.title') })}
                </Button>
              )
            }
            slot={SLOT}
          />
        </Card>
      )}
      {view !== null && (
        <Card flush testId="demand-needs-result">
          <NeedTable
            result={view.result}
            artifact={view.artifact}
            method={method}
            selected={selectedNeed}
            onSelect={select}
          />
          <ArtifactStamp
            artifact={view.artifact}
            method={t('stage.demand.screen.needs.stampMethod', { resamples: view.result.resamples })}
          />
        </Card>
      )}
    </StepPage>
  );
}
