import { Button, Checkbox, Input, InputNumber, Select, Tooltip } from 'antd';
import type { Scenario } from '../../../../shared/stages/adaptation/results.ts';
import { COMPLIANCE_TOPICS } from '../../../../shared/stages/adaptation/templates.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Field } from '../../../components/Field.tsx';
import { useCommand } from '../../../components/use-command.ts';
import type { Dataset } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { call } from '../../../engine.ts';
import { changeScenario, type ScenarioDraft, useAdaptation } from '../store.ts';
import { CostTable } from './CostTable.tsx';
import { DataFields } from './DataFields.tsx';
import { LimitTable } from './LimitTable.tsx';
import { costsOf, mergeLimits } from './new-scenario.ts';

interface Props {
  readonly draft: ScenarioDraft;
  readonly datasets: readonly Dataset[];
  readonly needs: ReadonlyMap<string, string>;
  /** Cost of a miss in false alarms, where nothing was entered. */
  readonly missRatio: number;
}

const LINES = { minRows: 2, maxRows: 4 } as const;

/** All that a person decides about a scenario. */
export function ScenarioForm({ draft, datasets, needs, missRatio }: Props) {
  const t = useT();
  const { id, scenario } = draft;
  const { send, busy, error, clear } = useCommand();
  const { datasetId, labelColumn, filter, corrected } = scenario.data;
  const classes = useView(
    'adaptation.columnValues',
    datasetId === '' || labelColumn === '' ? null : { datasetId, columnId: labelColumn },
    [`demand.clean:${datasetId}`],
  );
  const labels = useView('competitiveness.labels', {}, ['competitiveness.labels']);
  const counted = labelColumn === '' ? [] : (classes.value?.values ?? []);
  const values = [
    ...counted,
    ...(corrected?.classes ?? [])
      .filter((label) => !counted.some(({ value }) => value === label))
      .map((value) => ({ value, rows: 0 })),
  ];
  const costs = costsOf(
    scenario.errorCosts,
    values.map(({ value }) => value),
    id === null ? missRatio : 1,
  );
  const suggest = (needIds: readonly string[]) =>
    void call('adaptation.suggestLimits', { templateId: scenario.templateId, needIds: [...needIds] }).then(
      (suggested) => changeScenario({ limits: [...mergeLimits(scenario.limits, suggested)] }),
      () => undefined,
    );
  const missing =
    scenario.name.trim() === ''
      ? t('stage.adaptation.screen.form.missingName')
      : datasetId === '' || (labelColumn === '' && corrected === undefined)
        ? t('stage.adaptation.screen.form.missingData')
        : filter !== null && filter.values.length === 0
          ? t('stage.adaptation.screen.form.missingFilter')
          : null;
  const close = () => useAdaptation.setState({ draft: null });
  const save = async () => {
    const saved: Scenario = { ...scenario, name: scenario.name.trim(), errorCosts: costs };
    if (await send('adaptation.saveScenario', { scenarioId: id, scenario: saved })) close();
  };
  return (
    <Card
      title={
        id === null ? t('stage.adaptation.screen.form.titleNew') : t('stage.adaptation.screen.form.titleEdit', { id })
      }
      extra={
        <>
          <span className="tag">{t(`stage.adaptation.screen.template.${scenario.templateId}.name`)}</span>
          <span className="tag tag-attention">▲ {t('stage.adaptation.screen.form.unsaved')}</span>
          <Button size="small" onClick={close} data-testid="adaptation-form-cancel">
            {t('stage.adaptation.screen.form.cancel')}
          </Button>
          <Tooltip title={missing}>
            <Button
              size="small"
              type="primary"
              disabled={missing !== null || busy}
              onClick={() => void save()}
              data-testid="adaptation-form-save"
            >
              {t('stage.adaptation.screen.form.save')}
            </Button>
          </Tooltip>
        </>
      }
      testId="adaptation-form"
    >
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      <div className="form-grid">
        <Field label={t('stage.adaptation.screen.form.name')}>
          <Input
            value={scenario.name}
            maxLength={200}
            onChange={({ target }) => changeScenario({ name: target.value })}
            data-testid="adaptation-form-name"
          />
        </Field>
        <Field label={t('stage.adaptation.screen.form.volume')}>
          <InputNumber
            min={1}
            value={scenario.volumePerDay}
            onChange={(volumePerDay) => changeScenario({ volumePerDay })}
          />
        </Field>
        <Field
          label={t('stage.adaptation.screen.form.humanLook')}
          hint={t('stage.adaptation.screen.form.humanLookHint')}
        >
          <InputNumber
            min={0}
            step={0.1}
            value={scenario.humanLook}
            onChange={(humanLook) => changeScenario({ humanLook })}
          />
        </Field>
      </div>
      <div className="form-pair">
        <Field label={t('stage.adaptation.screen.form.users')}>
          <Input.TextArea
            autoSize={LINES}
            value={scenario.users}
            maxLength={2000}
            onChange={({ target }) => changeScenario({ users: target.value })}
          />
        </Field>
        <Field label={t('stage.adaptation.screen.form.inputs')}>
          <Input.TextArea
            autoSize={LINES}
            value={scenario.inputs}
            maxLength={2000}
            onChange={({ target }) => changeScenario({ inputs: target.value })}
          />
        </Field>
      </div>
      <DataFields data={scenario.data} datasets={datasets} onChange={(data) => changeScenario({ data })} />
      <section className="settings-part">
        <h3>{t('stage.adaptation.screen.form.needs')}</h3>
        <p className="muted">{t('stage.adaptation.screen.form.needsHint')}</p>
        <Select
          mode="multiple"
          className="fill"
          value={scenario.needIds}
          placeholder={needs.size === 0 ? t('stage.adaptation.screen.form.needsNone') : undefined}
          disabled={needs.size === 0}
          aria-label={t('stage.adaptation.screen.form.needs')}
          options={[...needs].map(([value, label]) => ({ value, label }))}
          onChange={(needIds: string[]) => {
            changeScenario({ needIds });
            if (id === null) suggest(needIds);
          }}
          data-testid="adaptation-form-needs"
        />
      </section>
      <LimitTable
        limits={scenario.limits}
        needIds={scenario.needIds}
        needs={needs}
        onChange={(limits) => changeScenario({ limits })}
        onSuggest={() => suggest(scenario.needIds)}
      />
      <CostTable
        classes={values}
        costs={costs}
        labelMap={scenario.labelMap}
        modelLabels={labels.value?.result.classes.map(({ label }) => label) ?? []}
        onCosts={(errorCosts) => changeScenario({ errorCosts })}
        onMap={(labelMap) => changeScenario({ labelMap })}
      />
      <section className="settings-part">
        <h3>{t('stage.adaptation.screen.form.compliance')}</h3>
        <Checkbox.Group
          value={[...scenario.complianceTopics]}
          options={COMPLIANCE_TOPICS.map((topic) => ({
            value: topic,
            label: t(`stage.adaptation.screen.compliance.${topic}`),
          }))}
          onChange={(chosen) =>
            changeScenario({ complianceTopics: COMPLIANCE_TOPICS.filter((topic) => chosen.includes(topic)) })
          }
        />
        <Field label={t('stage.adaptation.screen.form.complianceNotes')}>
          <Input.TextArea
            autoSize={LINES}
            value={scenario.complianceNotes}
            maxLength={4000}
            onChange={({ target }) => changeScenario({ complianceNotes: target.value })}
          />
        </Field>
      </section>
    </Card>
  );
}
