import { Button, Select } from 'antd';
import { recommendedModel } from '../../../../shared/stages/adaptation/tables/recommend-model.ts';
import type { TableSetup } from '../../../../shared/stages/adaptation/tables/results.ts';
import { suggestSetup } from '../../../../shared/stages/adaptation/tables/suggest-setup.ts';
import { useT } from '../../../app/language.ts';
import { useSession } from '../../../app/session.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Field } from '../../../components/Field.tsx';
import { ImportButton } from '../../../components/ImportButton.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { UpstreamJobs } from '../../../components/UpstreamJobs.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { call } from '../../../engine.ts';
import { changeTableSetup, chooseTable, NEW_TABLE, useAdaptation } from '../store.ts';
import { AnswerCard } from '../tables/AnswerCard.tsx';
import { CaseCard } from '../tables/CaseCard.tsx';
import { DecisionCard } from '../tables/DecisionCard.tsx';
import { FairnessCard } from '../tables/FairnessCard.tsx';
import { ImportanceCard } from '../tables/ImportanceCard.tsx';
import { ScorecardCard } from '../tables/ScorecardCard.tsx';
import { SetupCard } from '../tables/SetupCard.tsx';
import { WeightsCard } from '../tables/WeightsCard.tsx';

/** Tables with a yes-or-no outcome: what predicts it, how well, why, and whether groups are treated alike. */
export function TablesStep() {
  const t = useT();
  const datasets = useDatasets();
  const tables = useView('adaptation.tables', {}, ['adaptation.table', 'demand.dataset']);
  const { tableId, tableModel, tableSetups, seed } = useAdaptation();
  const { send, error } = useCommand();
  const scored = tables.value ?? [];
  const chosen = tableId === NEW_TABLE ? undefined : (scored.find(({ id }) => id === tableId) ?? scored.at(-1));
  const key = chosen?.id ?? NEW_TABLE;
  const newSlot = useNewSlot(scored.map(({ id }) => id));
  const all = (datasets.value ?? []).map(({ id, dataset: { name, kind } }) => ({ id, name, kind }));
  const draft = tableSetups[key] ?? chosen?.setup ?? null;
  const datasetId = draft?.datasetId ?? (all.findLast(({ kind }) => kind === 'table') ?? all[0])?.id ?? null;
  const profile = useView('adaptation.tableColumns', datasetId === null ? null : { datasetId }, [
    `demand.dataset:${datasetId}`,
    `demand.roles:${datasetId}`,
  ]);
  const columns = profile.value?.columns ?? [];
  const name = all.find(({ id }) => id === datasetId)?.name ?? '';
  const setup = draft ?? (datasetId === null || columns.length === 0 ? null : suggestSetup(datasetId, name, columns));
  const view = chosen?.view ?? null;
  const model =
    view?.result.models.find((candidate) => candidate.model === tableModel) ??
    (view === null ? null : recommendedModel(view.result));
  const isFresh = view !== null && view.artifact.stale.length === 0 && tableSetups[key] === undefined;
  const missing =
    setup === null || setup.outcomeColumn === '' || setup.eventValue === ''
      ? t('stage.adaptation.screen.table.setup.noOutcome')
      : setup.models.length === 0
        ? t('stage.adaptation.screen.table.setup.noModels')
        : setup.columns.every(({ type }) => type === 'ignore')
          ? t('stage.adaptation.screen.table.setup.noColumns')
          : null;
  return (
    <StepPage
      stage="adaptation"
      step="tables"
      action={
        setup !== null && (
          <JobButton
            request="adaptation.scoreTable"
            input={{ tableId: chosen?.id ?? null, setup: trimmed(setup, name), seed }}
            slot={chosen === undefined ? newSlot : `adaptation.table:${chosen.id}`}
            label={t(`stage.adaptation.screen.table.step.${view === null ? 'run' : 'runAgain'}`)}
            primary={!isFresh}
            missing={missing}
            onStarted={() => useAdaptation.setState({ tableId: null, tableSetups: without(tableSetups, key) })}
            testId="adaptation-tables-run"
          />
        )
      }
      notice={
        <>
          <ViewNotice view={datasets} />
          <ViewNotice view={tables} />
          <ViewNotice view={profile} />
          {error !== null && <ErrorNotice error={error} />}
          {chosen !== undefined && <UpstreamJobs slot={`adaptation.table:${chosen.id}`} />}
          {scored.length > 0 && (
            <div className="choice-row">
              <Field label={t('stage.adaptation.screen.table.step.table')}>
                <Select
                  className="form-wide"
                  value={key}
                  options={[
                    ...scored.map(({ id, view: { result } }) => ({
                      value: id,
                      label: t('stage.adaptation.screen.table.step.option', { id, name: result.name }),
                    })),
                    { value: NEW_TABLE, label: t('stage.adaptation.screen.table.step.fresh') },
                  ]}
                  onChange={chooseTable}
                  data-testid="adaptation-tables-choice"
                />
              </Field>
              {chosen !== undefined && (
                <Button
                  onClick={() => void send('adaptation.removeTable', { tableId: chosen.id })}
                  data-testid="adaptation-tables-remove"
                >
                  {t('stage.adaptation.screen.table.step.remove')}
                </Button>
              )}
            </div>
          )}
        </>
      }
      controls={
        setup !== null &&
        columns.length > 0 && (
          <SetupCard
            setup={setup}
            columns={columns}
            datasets={all}
            onDataset={(id) => void suggestFor(key, id, all.find((dataset) => dataset.id === id)?.name ?? '')}
            onChange={(changed) => changeTableSetup(key, changed)}
          />
        )
      }
    >
      {view === null && datasets.value !== undefined && tables.value !== undefined && (
        <Card>
          <EmptyState
            title={t(`stage.adaptation.screen.table.step.${all.length === 0 ? 'none' : 'ask'}`)}
            hint={
              all.length === 0
                ? t('stage.adaptation.screen.table.step.noneHint')
                : setup !== null && setup.outcomeColumn === ''
                  ? t('stage.adaptation.screen.table.step.noBinary')
                  : t('stage.adaptation.screen.table.step.askHint')
            }
            action={
              <ImportButton
                kind="table"
                label={t('stage.adaptation.screen.table.step.importFile')}
                primary={all.length === 0}
                testId="adaptation-tables-import"
              />
            }
          />
        </Card>
      )}
      {chosen !== undefined && view !== null && model !== null && (
        <>
          <AnswerCard view={view} chosen={model.model} />
          <ImportanceCard result={view.result} model={model} />
          <CaseCard id={chosen.id} model={model.model} />
          <DecisionCard id={chosen.id} view={view} model={model} />
          {model.fairness !== null && <FairnessCard fairness={model.fairness} result={view.result} />}
          {model.model === 'scorecard' && view.result.scorecard !== null && (
            <ScorecardCard card={view.result.scorecard} event={view.result.outcome.eventValue} />
          )}
          {model.model === 'logistic' && view.result.logistic !== null && (
            <WeightsCard weights={view.result.logistic} model={model} event={view.result.outcome.eventValue} />
          )}
        </>
      )}
    </StepPage>
  );
}

/** The setup of a table that has another dataset from now on; nothing changes where its columns cannot be read. */
function suggestFor(key: string, datasetId: string, name: string): Promise<void> {
  return call('adaptation.tableColumns', { datasetId }).then(
    ({ columns }) => changeTableSetup(key, suggestSetup(datasetId, name, columns)),
    () => undefined,
  );
}

/** The slot of the table that was started last and does not stand yet: its number is known once it is queued. */
function useNewSlot(standing: readonly string[]): string {
  const jobs = useSession((state) => state.jobs);
  const started = Object.values(jobs)
    .filter(({ slot }) => slot.startsWith('adaptation.table:') && !standing.includes(keyOfSlot(slot)))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return started.at(-1)?.slot ?? 'adaptation.table:';
}

const keyOfSlot = (slot: string) => slot.slice('adaptation.table:'.length);

const trimmed = (setup: TableSetup, name: string): TableSetup => ({
  ...setup,
  name: setup.name.trim() === '' ? name : setup.name.trim(),
});

function without(setups: Readonly<Record<string, TableSetup>>, key: string): Record<string, TableSetup> {
  return Object.fromEntries(Object.entries(setups).filter(([id]) => id !== key));
}
