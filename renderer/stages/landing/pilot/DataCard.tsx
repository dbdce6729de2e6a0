import { Select } from 'antd';
import type { PilotColumnOptions } from '../../../../shared/stages/landing/contract.ts';
import type { PilotColumns, PilotPlanSettings } from '../../../../shared/stages/landing/pilot/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { Field } from '../../../components/Field.tsx';
import { ImportButton } from '../../../components/ImportButton.tsx';
import type { Dataset } from '../../../components/use-datasets.ts';
import { useLanding } from '../store.ts';

interface Props {
  readonly datasets: readonly Dataset[];
  readonly chosen: Dataset | undefined;
  readonly options: PilotColumnOptions | undefined;
  readonly columns: PilotColumns | null;
  readonly plan: PilotPlanSettings | null;
}

const NO_COLUMNS: PilotColumns = { unit: null, arm: null, period: null, outcome: '', guardrails: [], segment: null };

/** Whether a choice of columns says all that the design needs. */
export function isReadable(columns: PilotColumns | null, plan: PilotPlanSettings | null): columns is PilotColumns {
  if (columns === null || plan === null || columns.outcome === '') return false;
  const hasArm = columns.arm !== null && columns.arm.control !== columns.arm.treatment;
  const hasPeriod = columns.period !== null && columns.period.before !== columns.period.after;
  return (plan.design === 'before-after' || hasArm) && (plan.design === 'arms' || hasPeriod);
}

/** Where the pilot's data come from and which of its columns mean what. */
export function DataCard({ datasets, chosen, options, columns: given, plan }: Props) {
  const t = useT();
  const columns = given ?? NO_COLUMNS;
  const choices = options?.columns.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const none = { value: '', label: t('stage.landing.screen.pilot.none') };
  const set = (change: Partial<PilotColumns>) => {
    if (chosen === undefined) return;
    useLanding.setState(({ pilotColumns }) => ({
      pilotColumns: { ...pilotColumns, [chosen.id]: { ...columns, ...change } },
    }));
  };
  const valuesOf = (columnId: string) =>
    options?.columns
      .find(({ id }) => id === columnId)
      ?.values.map(({ value, rows }) => ({ value, label: `${value} (${rows})` })) ?? [];
  const firstTwo = (columnId: string) => {
    const values = options?.columns.find(({ id }) => id === columnId)?.values ?? [];
    return [values[0]?.value ?? '', values[1]?.value ?? ''] as const;
  };
  const column = (label: string, value: string | null, onChange: (id: string) => void, optional = true) => (
    <Field label={label}>
      <Select
        value={value ?? ''}
        options={optional ? [none, ...choices] : choices}
        onChange={onChange}
        aria-label={label}
      />
    </Field>
  );
  return (
    <Card
      title={t('stage.landing.screen.pilot.dataset')}
      extra={
        <ImportButton
          kind="pilot"
          label={t('stage.landing.screen.pilot.import')}
          primary={false}
          testId="landing-pilot-file"
        />
      }
      testId="landing-pilot-data"
    >
      {chosen === undefined ? (
        <p className="muted">{t('stage.landing.screen.pilot.noDataHint')}</p>
      ) : (
        <>
          <div className="form-row">
            <Select
              className="form-wide"
              value={chosen.id}
              options={datasets.map(({ id, dataset }) => ({ value: id, label: dataset.name }))}
              onChange={(id) => useLanding.setState({ pilotDataset: id })}
              aria-label={t('stage.landing.screen.pilot.dataset')}
            />
            <EvidenceLink
              count={chosen.dataset.rowCount}
              evidence={{ type: 'dataset', datasetId: chosen.id }}
              title={chosen.dataset.name}
            />
          </div>
          {plan === null ? (
            <p className="muted">{t('stage.landing.screen.pilot.planFirst')}</p>
          ) : (
            <div className="form-grid">
              {column(t('stage.landing.screen.pilot.unit'), columns.unit, (id) => set({ unit: id === '' ? null : id }))}
              {plan.design !== 'before-after' && (
                <>
                  {column(t('stage.landing.screen.pilot.arm'), columns.arm?.columnId ?? null, (id) => {
                    const [control, treatment] = firstTwo(id);
                    set({ arm: id === '' ? null : { columnId: id, control, treatment } });
                  })}
                  {columns.arm !== null &&
                    (['control', 'treatment'] as const).map((arm) => (
                      <Field key={arm} label={t(`stage.landing.screen.pilot.${arm}`)}>
                        <Select
                          value={columns.arm?.[arm] ?? ''}
                          options={valuesOf(columns.arm?.columnId ?? '')}
                          onChange={(value) => columns.arm !== null && set({ arm: { ...columns.arm, [arm]: value } })}
                        />
                      </Field>
                    ))}
                </>
              )}
              {plan.design !== 'arms' && (
                <>
                  {column(t('stage.landing.screen.pilot.period'), columns.period?.columnId ?? null, (id) => {
                    const [before, after] = firstTwo(id);
                    set({ period: id === '' ? null : { columnId: id, before, after } });
                  })}
                  {columns.period !== null &&
                    (['before', 'after'] as const).map((period) => (
                      <Field key={period} label={t(`stage.landing.screen.pilot.${period}`)}>
                        <Select
                          value={columns.period?.[period] ?? ''}
                          options={valuesOf(columns.period?.columnId ?? '')}
                          onChange={(value) =>
                            columns.period !== null && set({ period: { ...columns.period, [period]: value } })
                          }
                        />
                      </Field>
                    ))}
                </>
              )}
              {column(
                `${t('stage.landing.screen.pilot.outcome')}: ${plan.metric.name}`,
                columns.outcome === '' ? null : columns.outcome,
                (id) => set({ outcome: id }),
                false,
              )}
              {plan.guardrails.map(({ id, name }) => (
                <div key={id}>
                  {column(
                    `${t('stage.landing.screen.pilot.guardrail')}: ${name}`,
                    columns.guardrails.find(({ guardrailId }) => guardrailId === id)?.columnId ?? null,
                    (columnId) =>
                      set({
                        guardrails: [
                          ...columns.guardrails.filter(({ guardrailId }) => guardrailId !== id),
                          ...(columnId === '' ? [] : [{ guardrailId: id, columnId }]),
                        ],
                      }),
                  )}
                </div>
              ))}
              {column(t('stage.landing.screen.pilot.segment'), columns.segment, (id) =>
                set({ segment: id === '' ? null : id }),
              )}
            </div>
          )}
        </>
      )}
    </Card>
  );
}
