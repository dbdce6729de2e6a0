import { Button } from 'antd';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { ChangeCell } from '../../../components/ChangeCell.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
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
            {own.map(({ result, artifact }) => {
              const { slot, seed } = artifact;
              const { gain, forgetting, test } = result;
              return (
                <tr key={result.id} data-testid={`service-training-model-${result.id}`}>
                  <th scope="row">
                    <strong>{result.id}</strong> {result.name}{' '}
                    {artifact.stale.length > 0 && (
                      <span className="tag tag-attention">▲ {t('stage.service.screen.training.stale')}</span>
                    )}
                    <div className="muted small">← {result.sourceId}</div>
                  </th>
                  <td>
                    <InspectedNumber
                      value={test.accuracy.value}
                      unit="share"
                      interval={[test.accuracy.low, test.accuracy.high]}
                      inspected={{
                        title: `${result.id} · ${t('stage.service.screen.training.accuracy')}`,
                        n: test.rows,
                        method: t('stage.service.screen.training.accuracyMethod'),
                        slot,
                        seed,
                      }}
                    />
                  </td>
                  <td>
                    {gain === null ? (
                      '—'
                    ) : (
                      <ChangeCell
                        difference={gain.difference}
                        words={{
                          worse: t('stage.adaptation.screen.recipeStep.gainWords.worse'),
                          same: t('stage.adaptation.screen.recipeStep.gainWords.same'),
                          better: t('stage.adaptation.screen.recipeStep.gainWords.better'),
                        }}
                        inspected={{
                          title: `${result.id} · ${t('stage.service.screen.training.gain')}`,
                          n: gain.rows,
                          method: t('stage.service.screen.training.gainMethod', {
                            source: result.sourceId,
                            rows: gain.rows,
                          }),
                          slot,
                          seed,
                        }}
                      />
                    )}
                  </td>
                  <td>
                    {forgetting === null ? (
                      '—'
                    ) : (
                      <ChangeCell
                        difference={forgetting.difference}
                        words={{
                          worse: t('stage.service.screen.training.forgot'),
                          same: t('stage.service.screen.training.remembers'),
                          better: t('stage.adaptation.screen.recipeStep.gainWords.better'),
                        }}
                        inspected={{
                          title: `${result.id} · ${t('stage.service.screen.training.forgetting')}`,
                          n: forgetting.rows,
                          method: t('stage.service.screen.training.forgettingMethod', {
                            source: result.sourceId,
                            rows: forgetting.rows,
                          }),
                          slot,
                          seed,
                        }}
                      />
                    )}
                  </td>
                  <td>
                    <Button size="small" onClick={() => changeTriage(datasetId, { modelId: result.id })}>
                      {t('stage.service.screen.training.use')}
                    </Button>
                  </td>
                </tr>
              );
            })}
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
