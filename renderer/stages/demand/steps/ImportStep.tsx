import { useRef } from 'react';
import { useT } from '../../../app/language.ts';
import { StepPage } from '../../../components/StepPage.tsx';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { DatasetList } from '../import/DatasetList.tsx';
import { ImportAction } from '../import/ImportAction.tsx';
import { SourceChooser } from '../import/SourceChooser.tsx';
import { SourceReview } from '../import/SourceReview.tsx';
import { NextStep } from '../NextStep.tsx';
import { useDemand } from '../store.ts';

const NO_SLOTS: readonly string[] = [];

/** Files come in, are looked at, get roles, and become datasets. */
export function ImportStep() {
  const t = useT();
  const source = useDemand((state) => state.source);
  const datasets = useDatasets();
  const view = useView(
    'demand.inspectSource',
    source === null ? null : { sourceId: source.sourceId, overrides: source.overrides },
    NO_SLOTS,
  );
  const last = useRef<{ sourceId: string; value: NonNullable<typeof view.value> } | null>(null);
  if (source !== null && view.value !== undefined) last.current = { sourceId: source.sourceId, value: view.value };
  const reading = view.value ?? (last.current?.sourceId === source?.sourceId ? last.current?.value : undefined);
  const hasDatasets = datasets.value !== undefined && datasets.value.length > 0;

  if (source !== null) {
    return (
      <StepPage
        stage="demand"
        step="import"
        action={<ImportAction source={source} reading={view.error === null ? reading : undefined} />}
      >
        <SourceReview source={source} view={view} reading={reading} />
      </StepPage>
    );
  }
  return (
    <StepPage
      stage="demand"
      step="import"
      action={hasDatasets && <NextStep step="clean" primary />}
      notice={<ViewNotice view={datasets} />}
    >
      {hasDatasets && <DatasetList datasets={datasets.value ?? []} />}
      {datasets.value?.length === 0 && <p className="muted">{t('stage.demand.screen.import.empty')}</p>}
      <SourceChooser quiet={hasDatasets} />
    </StepPage>
  );
}
