import { Button } from 'antd';
import type { MapFigure, Overview } from '../../../shared/contract/project.ts';
import type { StageId } from '../../../shared/contract/stage.ts';
import { isI18nKey, type Translate } from '../../../shared/i18n/translate.ts';
import { boundText, type NumberUnit, numberWithUnit } from '../../components/NumberText.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { inspect } from '../inspector.ts';
import { useT } from '../language.ts';
import { goToStep } from '../navigation.ts';
import { STAGE_STEPS } from '../stage-steps.ts';

type StageState = Overview['stages'][number];

/** The caption of a figure, with what it is of where the engine names it. */
function figureName(t: Translate, stage: StageId, { id, text, value }: MapFigure): string {
  const key = `stage.${stage}.figure.${id}`;
  return isI18nKey(key) ? t(key, { text: text ?? t('list.empty'), count: value ?? 0 }) : id;
}

const unitOf = (unit: MapFigure['unit']): NumberUnit => (unit === 'text' ? 'plain' : unit);

function Figure({ stage, figure }: { readonly stage: StageId; readonly figure: MapFigure }) {
  const t = useT();
  const name = figureName(t, stage, figure);
  const unit = unitOf(figure.unit);
  const value = figure.value === null ? figure.text : numberWithUnit(t, figure.value, unit);
  const interval =
    figure.low === null || figure.high === null
      ? undefined
      : { low: numberWithUnit(t, figure.low, unit), high: numberWithUnit(t, figure.high, unit) };
  return (
    <div className="figure">
      <dd className="number">
        {value === null ? (
          <span className="faint" title={t('map.unknown')}>
            —
          </span>
        ) : (
          <button
            type="button"
            className="figure-value"
            onClick={() =>
              inspect({
                title: name,
                value,
                ...(interval === undefined ? {} : { interval }),
                ...(figure.slot === null ? {} : { slot: figure.slot }),
                ...(figure.basis === undefined
                  ? {}
                  : {
                      n: figure.basis.n,
                      method: t('map.pairedBootstrap', { n: figure.basis.n, resamples: figure.basis.resamples }),
                    }),
              })
            }
          >
            {value}
          </button>
        )}
      </dd>
      <dt className="muted">
        {name}
        {interval !== undefined && (
          <span className="number">
            {' '}
            [{boundText(figure.low ?? 0, unit)}, {boundText(figure.high ?? 0, unit)}]
          </span>
        )}
      </dt>
    </div>
  );
}

/** Figures of a stage that the engine does not give yet. */
const NO_FIGURES: { readonly [S in StageId]: readonly string[] } = {
  demand: ['rows', 'needs', 'firstNeed'],
  competitiveness: ['accuracy', 'aboveFloor', 'latency'],
  adaptation: ['testsPassed', 'latency', 'belowLimit'],
  landing: ['goals', 'packages', 'pilots'],
  service: ['csat', 'sla', 'drift'],
};

const emptyFigure = (id: string): MapFigure => ({
  id,
  value: null,
  low: null,
  high: null,
  text: null,
  unit: 'count',
  slot: null,
});

/** A stage on the project map: its state, three figures and the way in. */
export function StageCard({ stage, number }: { readonly stage: StageState; readonly number: number }) {
  const t = useT();
  const figures = stage.figures.length > 0 ? stage.figures.slice(0, 3) : NO_FIGURES[stage.id].map(emptyFigure);
  const open =
    stage.steps.find(({ status }) => status !== 'done')?.id ?? stage.steps.at(-1)?.id ?? STAGE_STEPS[stage.id][0];
  return (
    <article className={`stage-card stage-card-${stage.status}`} data-testid={`stage-card-${stage.id}`}>
      <h2>
        <span className="number">{number}</span> {t(`stage.${stage.id}.name`)}
      </h2>
      <StatusDot status={stage.status} withWord />
      {stage.status === 'not-built' ? (
        <p className="muted stage-card-words">{t(`stage.${stage.id}.about`)}</p>
      ) : (
        <dl>
          {figures.map((figure) => (
            <Figure key={figure.id} stage={stage.id} figure={figure} />
          ))}
        </dl>
      )}
      <Button block onClick={() => goToStep(stage.id, open)}>
        {stage.status === 'not-built' ? t('map.look') : t('action.open')}
        <span className="visually-hidden"> {t(`stage.${stage.id}.name`)}</span>
      </Button>
    </article>
  );
}
