import { Button } from 'antd';
import { madeFrom } from '../../../../shared/stages/adaptation/made-from.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { ForgettingCell } from '../../../components/AdaptedCells.tsx';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { CoverageTable } from '../matrix/CoverageTable.tsx';
import { HeatTable } from '../matrix/HeatTable.tsx';
import { HistoryTables } from '../matrix/HistoryTable.tsx';
import { useAdaptedModels } from '../use-results.ts';

/** Which model for which scenario, what was promised, and what was forgotten. */
export function MatrixStep() {
  const t = useT();
  const matrix = useView('adaptation.matrix', {});
  const models = useAdaptedModels();
  const { send, busy, error, clear } = useCommand();
  const value = matrix.value;
  const noScenario = value?.scenarios.length === 0;
  if (value !== undefined && (value.scenarios.length === 0 || value.models.length === 0)) {
    return (
      <NothingYet
        stage="adaptation"
        step="matrix"
        title={t('stage.adaptation.screen.matrix.none')}
        hint={t('stage.adaptation.screen.matrix.noneHint')}
        go={
          noScenario
            ? { stage: 'adaptation', step: 'scenarios', label: t('stage.adaptation.screen.matrix.goScenarios') }
            : { stage: 'adaptation', step: 'tests', label: t('stage.adaptation.screen.matrix.goTests') }
        }
      />
    );
  }
  const chosen = value?.scenarios.filter((scenario) => scenario.chosen !== null).length ?? 0;
  const all = value?.scenarios.length ?? 0;
  return (
    <StepPage
      stage="adaptation"
      step="matrix"
      action={
        chosen > 0 && (
          <Button type="primary" onClick={() => goToStep('landing', 'goals')} data-testid="adaptation-matrix-next">
            {t('stage.adaptation.screen.matrix.next')} →
          </Button>
        )
      }
      notice={
        <>
          <ViewNotice view={matrix} />
          <ViewNotice view={models} />
          {error !== null && <ErrorNotice error={error} onClose={clear} />}
        </>
      }
      explanation={
        value !== undefined && (
          <Card title={t('stage.adaptation.screen.matrix.forgetting')} testId="adaptation-forgetting">
            {(models.value ?? []).length === 0 ? (
              <p className="muted">{t('stage.adaptation.screen.matrix.forgettingNone')}</p>
            ) : (
              <ul className="lines">
                {(models.value ?? []).map((view) => (
                  <li key={view.result.id}>
                    <strong>{view.result.id}</strong>
                    <span className="lines-grow">
                      {view.result.name} ← {madeFrom(view.result)}
                    </span>
                    <ForgettingCell view={view} />
                  </li>
                ))}
              </ul>
            )}
          </Card>
        )
      }
    >
      {value !== undefined && (
        <>
          <Card title={t('stage.adaptation.screen.matrix.heat')}>
            <p className="answer">
              {chosen === all
                ? t('stage.adaptation.screen.matrix.allChosen', { count: all })
                : t('stage.adaptation.screen.matrix.someChosen', { count: chosen, all })}
            </p>
            <p className="muted">{t('stage.adaptation.screen.matrix.heatHint')}</p>
            <HeatTable
              matrix={value}
              busy={busy}
              onChoose={(scenarioId, modelId) => void send('adaptation.chooseModel', { scenarioId, modelId })}
            />
          </Card>
          <CoverageTable matrix={value} />
          <HistoryTables models={models.value ?? []} />
        </>
      )}
    </StepPage>
  );
}
