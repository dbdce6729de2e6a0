import { Button, Input, InputNumber } from 'antd';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { changeExperimentForm, useCompetitiveness } from '../store.ts';
import { type CountsDraft, EMPTY_COUNTS } from './drafts.ts';
import { MetricFields } from './MetricFields.tsx';
import { useNextId } from './use-next-id.ts';

interface Props {
  readonly needs: readonly { readonly value: string; readonly label: string }[];
}

const MOST_ARMS = 10;
type Arm = CountsDraft['source']['metrics'][number]['arms'][number];

/** An experiment of which only the counts are known: arms with people, and one metric with successes, or mean and spread. The first arm is the control. */
export function CountsForm({ needs }: Props) {
  const t = useT();
  const { counts, editing } = useCompetitiveness((state) => state.experimentForm);
  const nextId = useNextId('competitiveness.experiment', 'E');
  const draft = counts ?? EMPTY_COUNTS;
  const { arms, metrics } = draft.source;
  const metric = metrics[0]!;
  const set = (part: Partial<CountsDraft['source']>) =>
    changeExperimentForm({ counts: { ...draft, source: { ...draft.source, ...part } } });
  const setMetric = (part: Partial<typeof metric>) => set({ metrics: [{ ...metric, ...part }] });
  const changeArm = (index: number, arm: (typeof arms)[number], values: Arm) =>
    changeExperimentForm({
      counts: {
        ...draft,
        controlArm: index === 0 ? arm.arm : draft.controlArm,
        source: {
          ...draft.source,
          arms: arms.map((old, at) => (at === index ? arm : old)),
          metrics: [
            { ...metric, arms: metric.arms.map((old, at) => (at === index ? { ...values, arm: arm.arm } : old)) },
          ],
        },
      },
    });
  const isShare = metric.type === 'proportion';
  const isComplete =
    draft.name.trim() !== '' &&
    metric.name.trim() !== '' &&
    arms.every(({ arm, units }) => arm.trim() !== '' && units > 0) &&
    metric.arms.every(
      ({ n, successes, mean, sd }) => n > 1 && (isShare ? successes !== null : mean !== null && sd !== null),
    );
  return (
    <>
      <div className="form-grid">
        <Field label={t('stage.competitiveness.screen.experiments.name')}>
          <Input
            value={draft.name}
            maxLength={200}
            onChange={({ target }) => changeExperimentForm({ counts: { ...draft, name: target.value } })}
            data-testid="competitiveness-counts-name"
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.experiments.metricName')}>
          <Input
            value={metric.name}
            maxLength={200}
            onChange={({ target }) => setMetric({ name: target.value })}
            data-testid="competitiveness-counts-metric"
          />
        </Field>
      </div>
      <div className="form-row metric-row">
        <MetricFields
          metric={metric}
          needs={needs}
          onChange={(part) =>
            setMetric(
              part.type === undefined
                ? part
                : {
                    ...part,
                    arms: metric.arms.map((arm) => ({
                      ...arm,
                      successes: part.type === 'proportion' ? 0 : null,
                      mean: null,
                      sd: null,
                    })),
                  },
            )
          }
        />
      </div>
      {arms.map((arm, index) => {
        const values = metric.arms[index]!;
        const number = (
          label: string,
          value: number | null,
          change: (value: number | null) => void,
          testId: string,
        ) => (
          <Field label={label}>
            <InputNumber min={0} controls={false} value={value} onChange={change} data-testid={`${testId}-${index}`} />
          </Field>
        );
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an arm is known by its place until it has a name.
          <div key={index} className="form-row">
            <Field label={t('stage.competitiveness.screen.experiments.armColumn')}>
              <Input
                value={arm.arm}
                maxLength={60}
                {...(index === 0
                  ? {
                      suffix: <span className="muted">{t('stage.competitiveness.screen.experiments.controlTag')}</span>,
                    }
                  : {})}
                onChange={({ target }) => changeArm(index, { ...arm, arm: target.value }, values)}
              />
            </Field>
            {number(
              t('stage.competitiveness.screen.experiments.people'),
              arm.units,
              (units) => changeArm(index, { ...arm, units: units ?? 0 }, { ...values, n: units ?? 0 }),
              'competitiveness-counts-units',
            )}
            {number(
              t('stage.competitiveness.screen.experiments.answers'),
              values.n,
              (n) => changeArm(index, arm, { ...values, n: n ?? 0 }),
              'competitiveness-counts-n',
            )}
            {isShare ? (
              number(
                t('stage.competitiveness.screen.experiments.successes'),
                values.successes,
                (successes) => changeArm(index, arm, { ...values, successes }),
                'competitiveness-counts-successes',
              )
            ) : (
              <>
                <Field label={t('stage.competitiveness.screen.experiments.meanValue')}>
                  <InputNumber
                    controls={false}
                    value={values.mean}
                    onChange={(mean) => changeArm(index, arm, { ...values, mean })}
                  />
                </Field>
                {number(
                  t('stage.competitiveness.screen.experiments.deviation'),
                  values.sd,
                  (sd) => changeArm(index, arm, { ...values, sd }),
                  'competitiveness-counts-sd',
                )}
              </>
            )}
          </div>
        );
      })}
      <div className="form-row">
        {arms.length < MOST_ARMS && (
          <Button
            size="small"
            onClick={() => {
              const arm = String.fromCharCode('A'.charCodeAt(0) + arms.length);
              set({
                arms: [...arms, { arm, units: 0 }],
                metrics: [
                  {
                    ...metric,
                    arms: [...metric.arms, { arm, n: 0, successes: isShare ? 0 : null, mean: null, sd: null }],
                  },
                ],
              });
            }}
          >
            {t('stage.competitiveness.screen.experiments.addArm')}
          </Button>
        )}
        <JobButton
          request="competitiveness.analyseExperiment"
          input={{ ...draft, experimentId: editing }}
          slot={`competitiveness.experiment:${editing ?? nextId}`}
          label={
            editing === null
              ? t('stage.competitiveness.screen.experiments.analyse')
              : t('stage.competitiveness.screen.experiments.analyseAgain', { id: editing })
          }
          missing={isComplete ? null : t('error.competitiveness.experiment-counts.remedy')}
          onStarted={() => changeExperimentForm({ editing: null, counts: null })}
          testId="competitiveness-counts-analyse"
        />
      </div>
    </>
  );
}
