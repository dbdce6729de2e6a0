import { InputNumber, Segmented } from 'antd';
import { useState } from 'react';
import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { ExperimentPlanInput } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';

const PERCENT = 100;
const NO_SLOTS: readonly string[] = [];
const FIRST: ExperimentPlanInput = {
  metric: { type: 'proportion', baseline: 0.5, effect: 0.05 },
  level: 0.95,
  power: 0.8,
  unitsPerArm: null,
};

/** How many users an experiment needs, and what the users at hand would find. */
export function PlannerCard() {
  const t = useT();
  const [input, setInput] = useState<ExperimentPlanInput>(FIRST);
  const plan = useView('competitiveness.planExperiment', input, NO_SLOTS);
  const { metric, unitsPerArm: n } = input;
  const change = (part: Partial<ExperimentPlanInput>) => setInput({ ...input, ...part });
  const value = (
    label: string,
    shown: number | null,
    set: (value: number) => void,
    min: number,
    max: number,
    testId: string,
  ) => (
    <NumberField
      label={label}
      min={min}
      max={max}
      value={shown}
      onChange={set}
      data-testid={`competitiveness-planner-${testId}`}
    />
  );
  const result = plan.value;
  const detectable = result?.detectableThere ?? null;
  return (
    <Card
      title={t('stage.competitiveness.screen.experiments.planner')}
      extra={
        <Segmented
          size="small"
          value={metric.type}
          options={(['proportion', 'mean'] as const).map((type) => ({
            value: type,
            label: t(`stage.competitiveness.screen.experiments.type.${type}`),
          }))}
          onChange={(type) =>
            change({ metric: type === 'proportion' ? FIRST.metric : { type: 'mean', sd: 1, effect: 0.2 } })
          }
        />
      }
      testId="competitiveness-planner"
    >
      <p className="muted">{t('stage.competitiveness.screen.experiments.plannerHint')}</p>
      <div className="form-row">
        {metric.type === 'proportion' ? (
          <>
            {value(
              t('stage.competitiveness.screen.experiments.plannerBaseline'),
              Number((metric.baseline * PERCENT).toFixed(2)),
              (next) => change({ metric: { ...metric, baseline: next / PERCENT } }),
              0,
              PERCENT,
              'baseline',
            )}
            {value(
              t('stage.competitiveness.screen.experiments.plannerEffect'),
              Number((metric.effect * PERCENT).toFixed(2)),
              (next) => change({ metric: { ...metric, effect: next / PERCENT } }),
              -PERCENT,
              PERCENT,
              'effect',
            )}
          </>
        ) : (
          <>
            {value(
              t('stage.competitiveness.screen.experiments.deviation'),
              metric.sd,
              (sd) => sd > 0 && change({ metric: { ...metric, sd } }),
              0.0001,
              1e9,
              'sd',
            )}
            {value(
              t('stage.competitiveness.screen.experiments.plannerMeanEffect'),
              metric.effect,
              (effect) => change({ metric: { ...metric, effect } }),
              -1e9,
              1e9,
              'effect',
            )}
          </>
        )}
        {value(
          t('stage.competitiveness.screen.experiments.plannerPower'),
          Math.round(input.power * PERCENT),
          (next) => change({ power: next / PERCENT }),
          50,
          99,
          'power',
        )}
        {value(
          t('stage.competitiveness.screen.experiments.plannerLevel'),
          Number((input.level * PERCENT).toFixed(1)),
          (next) => change({ level: next / PERCENT }),
          50,
          99.9,
          'level',
        )}
        <Field label={t('stage.competitiveness.screen.experiments.plannerUnits')}>
          <InputNumber
            min={2}
            max={100_000_000}
            value={n}
            onChange={(next) => change({ unitsPerArm: next === null ? null : Math.round(next) })}
            data-testid="competitiveness-planner-units"
          />
        </Field>
      </div>
      <ViewNotice view={plan} />
      {result !== undefined && result !== null && (
        <>
          <p className="answer" data-testid="competitiveness-planner-answer">
            {result.unitsPerArm === null
              ? t('stage.competitiveness.screen.experiments.plannerNone')
              : t('stage.competitiveness.screen.experiments.plannerAnswer', {
                  n: formatNumber(result.unitsPerArm),
                  total: formatNumber(2 * result.unitsPerArm),
                })}
          </p>
          {n !== null && result.powerThere !== null && (
            <p>
              {t('stage.competitiveness.screen.experiments.plannerPowerThere', {
                n: formatNumber(n),
                power: formatShare(result.powerThere),
              })}
            </p>
          )}
          {n !== null && detectable !== null && (
            <p>
              {t('stage.competitiveness.screen.experiments.plannerDetectable', {
                n: formatNumber(n),
                value:
                  metric.type === 'proportion'
                    ? t('stage.competitiveness.screen.plan.number.points', {
                        value: formatNumber(detectable * PERCENT, 1),
                      })
                    : formatShort(detectable),
              })}
            </p>
          )}
          <p className="muted">{t('stage.competitiveness.screen.experiments.plannerMethod')}</p>
        </>
      )}
    </Card>
  );
}
