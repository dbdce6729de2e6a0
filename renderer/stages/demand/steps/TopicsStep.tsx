import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { UpstreamJobs } from '../../../components/UpstreamJobs.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { NeedsDataset } from '../NeedsDataset.tsx';
import { NextStep } from '../NextStep.tsx';
import { useDemand } from '../store.ts';
import { TopicEdits } from '../topics/TopicEdits.tsx';
import { TopicQuality } from '../topics/TopicQuality.tsx';
import { TopicTable } from '../topics/TopicTable.tsx';
import { topicRows } from '../topics/topic-rows.ts';

const SLOT = 'demand.topics';
const FEWEST_TOPICS = 2;
const MOST_TOPICS = 200;
const FIRST_CHOICE = 12;

/** Topics of all texts: found, then renamed and merged by the analyst. */
export function TopicsStep() {
  const t = useT();
  const datasets = useDatasets();
  const found = useView('demand.topics', {}, [SLOT]);
  const edited = useView('demand.editedTopics', {}, [SLOT, 'demand.topicEdits']);
  const { topicCount, topicModel, seed } = useDemand();
  const { send, busy, error, clear } = useCommand();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [mergedName, setMergedName] = useState('');
  const hasText = datasets.value?.some(({ columns }) => columns.some(({ role }) => role === 'text')) ?? false;

  if (datasets.value?.length === 0) {
    return <NeedsDataset step="topics" />;
  }
  const merge = async () => {
    const done = await send('demand.mergeTopics', { topicIds: [...chosen], name: mergedName.trim() || null });
    if (!done) return;
    setChosen([]);
    setMergedName('');
  };
  const isFresh = found.value != null && found.value.artifact.stale.length === 0;
  const discover = (
    <JobButton
      request="demand.discoverTopics"
      input={{ topics: topicCount, modelId: topicModel, seed }}
      slot={SLOT}
      label={t(found.value == null ? 'stage.demand.screen.topics.discover' : 'stage.demand.screen.topics.again')}
      primary={!isFresh}
      missing={hasText ? null : t('stage.demand.screen.topics.noText')}
      testId="demand-topics-discover"
    />
  );
  return (
    <StepPage
      stage="demand"
      step="topics"
      action={
        <>
          {found.value != null && <NextStep step="drivers" primary={isFresh} />}
          {discover}
        </>
      }
      notice={
        <>
          <ViewNotice view={datasets} />
          <ViewNotice view={found} />
          <UpstreamJobs slot={SLOT} />
          {error !== null && <ErrorNotice error={error} onClose={clear} />}
        </>
      }
      explanation={
        found.value && edited.value ? (
          <>
            <TopicQuality found={found.value.result} artifact={found.value.artifact} />
            <TopicEdits
              edits={edited.value.edits}
              notApplied={edited.value.notApplied}
              found={found.value.result}
              onChange={(edits) => void send('demand.setTopicEdits', { edits: [...edits] })}
            />
          </>
        ) : undefined
      }
      controls={<DiscoveryControls />}
    >
      {found.value === null && (
        <Card>
          <EmptyState
            title={t('stage.demand.screen.topics.none')}
            hint={hasText ? t('stage.demand.screen.topics.willShow') : t('stage.demand.screen.topics.noText')}
            slot={SLOT}
          />
        </Card>
      )}
      {found.value && edited.value && (
        <Card
          flush
          title={t('stage.demand.screen.topics.title', {
            count: edited.value.topics.length,
            texts: found.value.result.texts,
          })}
          extra={
            chosen.length >= 2 && (
              <span className="actions">
                <Input
                  size="small"
                  value={mergedName}
                  onChange={({ target }) => setMergedName(target.value)}
                  placeholder={t('stage.demand.screen.topics.mergeName')}
                  data-testid="demand-topics-merge-name"
                />
                <Button size="small" disabled={busy} onClick={() => void merge()} data-testid="demand-topics-merge">
                  {t('stage.demand.screen.topics.merge', { count: chosen.length })}
                </Button>
              </span>
            )
          }
          testId="demand-topics-result"
        >
          <TopicTable
            rows={topicRows(edited.value.topics, found.value.result.topics)}
            found={found.value.result}
            artifact={found.value.artifact}
            outliers={edited.value.outliers}
            chosen={chosen}
            onChoose={setChosen}
            onRename={(topicId, name) => void send('demand.renameTopic', { topicId, name })}
          />
          <ArtifactStamp
            artifact={found.value.artifact}
            n={found.value.result.texts}
            method={t(`stage.demand.screen.chosenBy.${found.value.result.chosenBy}`)}
          />
        </Card>
      )}
    </StepPage>
  );
}

/** Number of topics, model of the text vectors and seed, for the next discovery. */
function DiscoveryControls() {
  const t = useT();
  const { topicCount, topicModel, seed } = useDemand();
  const models = useView('competitiveness.baseModels', {}, ['competitiveness.importedModel']);
  const encoders = useView('competitiveness.tunedEncoders', {}, ['competitiveness.encoder']);
  return (
    <Card title={t('stage.demand.screen.topics.controls')}>
      <div className="fields">
        <div className="field">
          <span className="reading-label">{t('stage.demand.screen.topics.number')}</span>
          <span className="actions">
            <Checkbox
              checked={topicCount === null}
              onChange={({ target }) => useDemand.setState({ topicCount: target.checked ? null : FIRST_CHOICE })}
              data-testid="demand-topics-automatic"
            >
              {t('stage.demand.screen.topics.automatic')}
            </Checkbox>
            {topicCount !== null && (
              <InputNumber
                size="small"
                min={FEWEST_TOPICS}
                max={MOST_TOPICS}
                precision={0}
                value={topicCount}
                aria-label={t('stage.demand.screen.topics.number')}
                onChange={(count) => count !== null && useDemand.setState({ topicCount: count })}
                data-testid="demand-topics-count"
              />
            )}
          </span>
        </div>
        <div className="field">
          <span className="reading-label">{t('stage.demand.screen.topics.model')}</span>
          <Select
            size="small"
            className="fill"
            value={topicModel ?? ''}
            aria-label={t('stage.demand.screen.topics.model')}
            onChange={(model) => useDemand.setState({ topicModel: model === '' ? null : model })}
            options={[
              { value: '', label: t('stage.demand.screen.topics.byLanguage') },
              ...(models.value ?? []).map(({ id }) => ({ value: id, label: id })),
              ...(encoders.value ?? []).map(({ result: { id, name } }) => ({ value: id, label: `${id} ${name}` })),
            ]}
            data-testid="demand-topics-model"
          />
        </div>
        <SeedField seed={seed} />
      </div>
    </Card>
  );
}

function SeedField({ seed }: { readonly seed: number }) {
  const t = useT();
  return (
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
  );
}
