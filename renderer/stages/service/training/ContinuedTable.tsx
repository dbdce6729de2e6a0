import { Button } from 'antd';
import { madeFrom } from '../../../../shared/stages/adaptation/made-from.ts';
import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import { expectedSeconds } from '../../../../shared/stages/competitiveness/training-plan.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { AccuracyCell, ForgettingCell, GainCell } from '../../../components/AdaptedCells.tsx';
import { durationText } from '../../../components/time.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeTriage } from '../store.ts';

interface Props {
  readonly datasetId: string;
  readonly scenarioId: string;
}

/** The models that learnt from the tickets of a dataset: what each gained on them, and what it lost of what it knew. */
export function ContinuedTable({ datasetId, scenarioId }: Props) {
  const t = useT();
  const models = useView('adaptation.models', {}, ['adaptation.model']);
  const own = (models.value ?? []).filter(({ result }) => result.scenarioId === scenarioId && result.config !== null);
  if (models.value !== undefined && own.length === 0) return null;
  return (
    <>
      <ViewNotice view={models} />
      <div className="table-scroll">
        <table className="plain-table" data-testid="service-training-models">
          <thead>
            <tr>
              <th scope="col">{t('stage.service.screen.training.model')}</th>
              <th scope="col">{t('stage.service.screen.training.accuracy')}</th>
              <th scope="col">{t('stage.service.screen.training.gain')}</th>
              <th scope="col">{t('stage.service.screen.training.forgetting')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('list.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {own.map((view) => (
              <tr key={view.result.id} data-testid={`service-training-model-${view.result.id}`}>
                <th scope="row">
                  <strong>{view.result.id}</strong> {view.result.name}{' '}
                  {view.artifact.stale.length > 0 && (
                    <span className="tag tag-attention">▲ {t('stage.service.screen.training.stale')}</span>
                  )}
                  <div className="muted small">← {madeFrom(view.result)}</div>
                  <TookBeside model={view.result} />
                </th>
                <td>
                  <AccuracyCell view={view} />
                </td>
                <td>
                  <GainCell view={view} />
                </td>
                <td>
                  <ForgettingCell view={view} />
                </td>
                <td>
                  <Button size="small" onClick={() => changeTriage(datasetId, { modelId: view.result.id })}>
                    {t('stage.service.screen.training.use')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="form-row">
        <Button size="small" onClick={() => goToStep('adaptation', 'tests')} data-testid="service-training-tests">
          {t('stage.service.screen.training.tests', { scenario: scenarioId })} →
        </Button>
      </div>
    </>
  );
}

/** How long one training took, beside what was expected of it; nothing where nobody measured it. Which updates and how sure, its settings say. */
function TookBeside({ model: { planned, trainWallMs, steps } }: { readonly model: AdaptedModel }) {
  const t = useT();
  if (planned === undefined || trainWallMs === undefined || trainWallMs === null) return null;
  return (
    <div className="muted small">
      {t('training.cost.tookBeside', {
        took: durationText(t, trainWallMs),
        expected: durationText(t, 1000 * expectedSeconds(planned, steps)),
      })}
    </div>
  );
}
