import { Segmented } from 'antd';
import { formatShare } from '../../../../shared/i18n/number.ts';
import { isI18nKey } from '../../../../shared/i18n/translate.ts';
import { defaultRecipe } from '../../../../shared/stages/demand/clean/recipe.ts';
import type { CleanResult } from '../../../../shared/stages/demand/contract.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { type Dataset, useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { CleaningTable } from '../clean/CleaningTable.tsx';
import { sameRecipe } from '../clean/recipe-edit.ts';
import { NeedsDataset } from '../NeedsDataset.tsx';
import { NextStep } from '../NextStep.tsx';
import { keepRecipe, useDemand } from '../store.ts';

/** A recipe per dataset, what each of its steps took out, and the rows behind every count. */
export function CleanStep() {
  const datasets = useDatasets();
  const chosen = useDemand((state) => state.cleanDataset);
  const dataset = datasets.value?.find(({ id }) => id === chosen) ?? datasets.value?.[0];
  if (datasets.value?.length === 0) return <NeedsDataset step="clean" />;
  if (dataset === undefined || datasets.value === undefined) {
    return (
      <StepPage stage="demand" step="clean" notice={<ViewNotice view={datasets} />}>
        {null}
      </StepPage>
    );
  }
  return <DatasetCleaning key={dataset.id} dataset={dataset} datasets={datasets.value} />;
}

function DatasetCleaning({ dataset, datasets }: { readonly dataset: Dataset; readonly datasets: readonly Dataset[] }) {
  const t = useT();
  const slot = `demand.clean:${dataset.id}`;
  const cleaning = useView('demand.cleaning', { datasetId: dataset.id }, [slot]);
  const draft = useDemand((state) => state.recipes[dataset.id]);
  const recipe = draft ?? cleaning.value?.recipe ?? defaultRecipe;
  const view = cleaning.value?.view ?? null;
  const isChanged = view !== null && draft !== undefined && !sameRecipe(draft, cleaning.value?.recipe ?? defaultRecipe);
  const isSettled =
    view !== null && !isChanged && view.artifact.stale.length === 0 && datasets.every(({ clean }) => clean !== null);
  return (
    <StepPage
      stage="demand"
      step="clean"
      action={
        <>
          {view !== null && <NextStep step="topics" primary={isSettled} />}
          <JobButton
            request="demand.clean"
            input={{ datasetId: dataset.id, recipe }}
            slot={slot}
            label={t(view === null ? 'stage.demand.screen.clean.run' : 'stage.demand.screen.clean.again')}
            primary={!isSettled}
            testId="demand-clean-run"
          />
        </>
      }
      notice={
        <>
          <ViewNotice view={cleaning} />
          {datasets.length > 1 && (
            <Segmented
              className="dataset-choice"
              value={dataset.id}
              onChange={(id) => useDemand.setState({ cleanDataset: id })}
              options={datasets.map(({ id, dataset: { name }, clean }) => ({
                value: id,
                label: clean === null ? t('stage.demand.screen.clean.notCleaned', { name }) : name,
              }))}
              data-testid="demand-clean-dataset"
            />
          )}
          {isChanged && (
            <div className="notice notice-attention" role="status">
              ▲ {t('stage.demand.screen.clean.changed')}
            </div>
          )}
        </>
      }
    >
      {view === null ? (
        cleaning.value !== undefined && <p className="muted">{t('stage.demand.screen.clean.notYet')}</p>
      ) : (
        <Card testId="demand-clean-summary">
          <div className="summary">
            <span className="summary-main">
              <EvidenceLink
                count={view.result.rowsIn}
                evidence={{ type: 'dataset', datasetId: dataset.id }}
                title={t('stage.demand.screen.clean.rowsIn')}
              />{' '}
              →{' '}
              <EvidenceLink
                count={view.result.rowsOut}
                evidence={{ type: 'clean', datasetId: dataset.id, step: 'kept' }}
                title={t('stage.demand.screen.clean.kept')}
              />
            </span>
            <span>
              {t('stage.demand.screen.clean.keptShare', {
                share: formatShare(view.result.rowsIn === 0 ? 0 : view.result.rowsOut / view.result.rowsIn, 1),
              })}
            </span>
            {view.result.textRows > 0 && <TextFacts result={view.result} />}
          </div>
          <p className="muted">{t('stage.demand.screen.clean.rawKept')}</p>
          <ArtifactStamp artifact={view.artifact} n={view.result.rowsIn} />
        </Card>
      )}
      <Card flush>
        <CleaningTable
          dataset={dataset}
          recipe={recipe}
          onChange={(changed) => keepRecipe(dataset.id, changed)}
          view={view}
        />
      </Card>
    </StepPage>
  );
}

/** How many of the rows kept have text, and in which languages. */
function TextFacts({ result }: { readonly result: CleanResult }) {
  const t = useT();
  return (
    <>
      <span className="muted">
        <NumberText value={result.textRows} /> {t('stage.demand.screen.clean.withText')}
      </span>
      {result.languages.map(({ language, rows }) => {
        const key = `stage.demand.screen.language.${language}`;
        return (
          <span key={language} className="tag">
            {isI18nKey(key) ? t(key) : language} <NumberText value={rows} />
          </span>
        );
      })}
    </>
  );
}
