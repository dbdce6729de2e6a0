import type { Output } from '../../../../shared/contract/index.ts';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { FloorsStart } from './FloorsStart.tsx';
import { EvaluationFigure } from './figures.tsx';

interface Props {
  readonly view: Output<'competitiveness.floors'>;
  readonly models: readonly BaseModel[];
  /** The encoder that is frozen unless another is chosen. */
  readonly defaultModel: string | null;
}

/** The simplest methods on the locked test rows: what training must beat. */
export function FloorsCard({ view, models, defaultModel }: Props) {
  const t = useT();
  return (
    <Card
      title={t('stage.competitiveness.screen.models.floors')}
      extra={
        <FloorsStart
          view={view}
          models={models}
          defaultModel={defaultModel}
          request="competitiveness.measureFloors"
          inputOf={(chosen) => chosen}
          slot="competitiveness.floors"
          testId="competitiveness-models-floors"
        />
      }
      testId="competitiveness-models-floors-card"
    >
      <p className="muted">{t('stage.competitiveness.screen.models.floorsHint')}</p>
      {view !== null && (
        <>
          <table className="figures-table">
            <thead>
              <tr>
                <th scope="col">{t('stage.competitiveness.screen.models.floor')}</th>
                <th scope="col">{t('stage.competitiveness.screen.models.accuracy')}</th>
                <th scope="col">{t('stage.competitiveness.screen.models.macroF1')}</th>
                <th scope="col">{t('stage.competitiveness.screen.models.p95')}</th>
                <th scope="col">{t('stage.competitiveness.screen.models.size')}</th>
              </tr>
            </thead>
            <tbody>
              {view.result.floors.map((floor) => {
                const name = t(`stage.competitiveness.screen.floor.${floor.type}`);
                const origin = { name, slot: view.artifact.slot, seed: view.artifact.seed };
                return (
                  <tr key={floor.id} data-testid={`competitiveness-floor-${floor.type}`}>
                    <th scope="row" title={t(`stage.competitiveness.screen.floorWhat.${floor.type}`)}>
                      {name}{' '}
                      {floor.id === view.result.strongestId && (
                        <span className="tag tag-accent">┄ {t('stage.competitiveness.screen.models.strongest')}</span>
                      )}
                    </th>
                    <td>
                      <EvaluationFigure {...origin} evaluation={floor.evaluation} figure="accuracy" />
                    </td>
                    <td>
                      <EvaluationFigure {...origin} evaluation={floor.evaluation} figure="macroF1" />
                    </td>
                    <td>
                      <InspectedNumber
                        value={floor.latencyP95Ms}
                        unit="milliseconds"
                        inspected={{
                          title: `${name} · ${t('stage.competitiveness.screen.models.p95')}`,
                          method: t('stage.competitiveness.screen.models.floorLatencyMethod'),
                          slot: origin.slot,
                        }}
                      />
                    </td>
                    <td>
                      <InspectedNumber
                        value={floor.sizeMb}
                        unit="plain"
                        decimals={1}
                        inspected={{
                          title: `${name} · ${t('stage.competitiveness.screen.models.size')}`,
                          method: t('stage.competitiveness.screen.models.floorSizeMethod'),
                          slot: origin.slot,
                        }}
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <ArtifactStamp
            artifact={view.artifact}
            {...(view.result.floors[0] === undefined ? {} : { n: view.result.floors[0].evaluation.rows })}
          />
        </>
      )}
    </Card>
  );
}
