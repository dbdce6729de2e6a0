import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { openJobs } from '../../../components/open-jobs.ts';
import { StepPage } from '../../../components/StepPage.tsx';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { CompressForm } from '../compression/CompressForm.tsx';
import { CompressionResults } from '../compression/CompressionResults.tsx';
import { modelRows } from '../compression/rows.ts';
import { useCompressionJobs } from '../compression/use-compression-jobs.ts';
import { QueueCard } from '../models/QueueCard.tsx';
import { RunDetail } from '../models/RunDetail.tsx';
import { useCompetitiveness } from '../store.ts';
import { useFloors, useRuns } from '../use-results.ts';

/** Smaller versions of trained runs beside their originals, each with whether it may stand in for it. */
export function CompressionStep() {
  const t = useT();
  const runs = useRuns();
  const floors = useFloors();
  const jobs = openJobs(useCompressionJobs());
  const selected = useCompetitiveness((state) => state.selectedCompressed);
  if (runs.value === undefined) {
    return (
      <StepPage stage="competitiveness" step="compression" notice={<ViewNotice view={runs} />}>
        {null}
      </StepPage>
    );
  }
  // What was cut still has weights in full precision and can be made smaller again.
  const trained = runs.value.filter(
    ({ result: { compression } }) => compression === null || compression.change !== undefined,
  );
  const rows = modelRows(runs.value);
  if (trained.length === 0 && rows.length === 0) {
    return (
      <NothingYet
        stage="competitiveness"
        step="compression"
        title={t('stage.competitiveness.screen.compression.noRun')}
        hint={t('stage.competitiveness.screen.compression.noRunHint')}
        go={{
          stage: 'competitiveness',
          step: 'models',
          label: t('stage.competitiveness.screen.compression.goModels'),
        }}
      />
    );
  }
  const compressed = rows.filter((row) => row.compressed);
  const chosen = compressed.find(({ id }) => id === selected) ?? compressed[0];
  return (
    <StepPage
      stage="competitiveness"
      step="compression"
      notice={<ViewNotice view={runs} />}
      explanation={
        chosen === undefined ? undefined : (
          <RunDetail view={chosen.view} runs={runs.value} floors={floors.value?.result ?? null} />
        )
      }
      controls={<CompressForm runs={trained} sources={runs.value} />}
    >
      <QueueCard jobs={jobs} title={t('stage.competitiveness.screen.compression.queue')} />
      {chosen === undefined ? (
        <Card>
          <EmptyState
            title={t('stage.competitiveness.screen.compression.none')}
            hint={t('stage.competitiveness.screen.compression.noneHint')}
          />
        </Card>
      ) : (
        <CompressionResults
          rows={rows}
          chosen={chosen}
          onChoose={(selectedCompressed) => useCompetitiveness.setState({ selectedCompressed })}
        />
      )}
    </StepPage>
  );
}
