import type { Output } from '../../../../shared/contract/index.ts';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { TASK_MEASURES } from '../../../../shared/stages/competitiveness/tasks/results.ts';
import type { TextTask } from '../../../../shared/train/text-task.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { TaskNumber } from '../../../components/TaskFigures.tsx';
import { FloorsStart } from '../models/FloorsStart.tsx';

interface Props {
  readonly task: TextTask;
  readonly view: Output<'competitiveness.taskFloors'>;
  readonly models: readonly BaseModel[];
  /** The encoder that is frozen unless another is chosen. */
  readonly defaultModel: string | null;
}

/** The simplest methods on the locked test rows of a task: what training must beat. */
export function TaskFloorsCard({ task, view, models, defaultModel }: Props) {
  const t = useT();
  return (
    <Card
      title={t('stage.competitiveness.screen.tasks.floors')}
      extra={
        <FloorsStart
          view={view}
          models={models}
          defaultModel={defaultModel}
          request="competitiveness.measureTaskFloors"
          inputOf={(chosen) => ({ task, ...chosen })}
          slot={`competitiveness.taskFloors:${task}`}
          testId="competitiveness-task-floors"
        />
      }
      testId="competitiveness-task-floors-card"
    >
      <p className="muted">{t('stage.competitiveness.screen.models.floorsHint')}</p>
      {view !== null && (
        <>
          <table className="figures-table">
            <thead>
              <tr>
                <th scope="col">{t('stage.competitiveness.screen.models.floor')}</th>
                {TASK_MEASURES[task].map((measure) => (
                  <th key={measure} scope="col">
                    {t(`stage.competitiveness.screen.tasks.measure.${measure}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {view.result.floors.map(({ id, evaluation }) => {
                const name = t(`stage.competitiveness.screen.tasks.floor.${id}`);
                return (
                  <tr key={id} data-testid={`competitiveness-task-floor-${id}`}>
                    <th scope="row" title={t(`stage.competitiveness.screen.tasks.floorWhat.${id}`)}>
                      {name}{' '}
                      {id === view.result.strongestId && (
                        <span className="tag tag-accent">┄ {t('stage.competitiveness.screen.models.strongest')}</span>
                      )}
                    </th>
                    {evaluation.figures.map((figure) => (
                      <td key={figure.measure}>
                        <TaskNumber
                          figure={figure}
                          name={name}
                          slot={view.artifact.slot}
                          seed={view.artifact.seed}
                          rows={evaluation.rows}
                          resamples={evaluation.resamples}
                        />
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
          <ArtifactStamp artifact={view.artifact} n={view.result.floors[0]?.evaluation.rows ?? 0} />
        </>
      )}
    </Card>
  );
}
