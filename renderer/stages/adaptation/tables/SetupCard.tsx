import { Checkbox, Input, InputNumber, Select } from 'antd';
import type { TableColumnProfile } from '../../../../shared/stages/adaptation/tables/contract.ts';
import { TABLE_MODELS, type TableSetup } from '../../../../shared/stages/adaptation/tables/results.ts';
import { rarerValue } from '../../../../shared/stages/adaptation/tables/suggest-setup.ts';
import { columnWords } from '../../../../shared/stages/adaptation/tables/words.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { ColumnsTable } from './ColumnsTable.tsx';
import { columnChoices } from './column-choices.ts';

interface Props {
  readonly setup: TableSetup;
  readonly columns: readonly TableColumnProfile[];
  readonly datasets: readonly { readonly id: string; readonly name: string }[];
  readonly onDataset: (datasetId: string) => void;
  readonly onChange: (setup: TableSetup) => void;
}

const MOST_PARTS = 10;

/** All that a person decides: outcome, costs, groups, models and columns; the rest under a fold. */
export function SetupCard({ setup, columns, datasets, onDataset, onChange }: Props) {
  const t = useT();
  const change = (part: Partial<TableSetup>) => onChange({ ...setup, ...part });
  const outcome = columns.find(({ columnId }) => columnId === setup.outcomeColumn);
  const options = columns.map(({ columnId, name }) => ({ value: columnId, label: columnWords(name) }));
  const number = (
    label: 'missed' | 'falseAlarm' | 'folds' | 'repeats' | 'baseScore' | 'baseOdds' | 'pointsToDouble',
    value: number,
    set: (value: number) => void,
    limits: { readonly min: number; readonly max: number; readonly precision?: number },
    hint: string,
  ) => (
    <Field label={t(`stage.adaptation.screen.table.setup.${label}`)} hint={hint}>
      <InputNumber
        {...limits}
        value={value}
        onChange={(entered) => entered !== null && set(entered)}
        data-testid={`adaptation-tables-${label}`}
      />
    </Field>
  );
  const costHint = t('stage.adaptation.screen.table.setup.costHint');
  const foldsHint = t('stage.adaptation.screen.table.setup.foldsHint');
  const scaleHint = t('stage.adaptation.screen.table.setup.scaleHint');
  const { costs, scale } = setup;
  return (
    <Card title={t('stage.adaptation.screen.table.setup.title')} testId="adaptation-tables-setup">
      <div className="form-grid">
        <Field label={t('stage.adaptation.screen.table.setup.dataset')}>
          <Select
            value={setup.datasetId}
            options={datasets.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={onDataset}
            data-testid="adaptation-tables-dataset"
          />
        </Field>
        <Field label={t('stage.adaptation.screen.table.setup.name')}>
          <Input value={setup.name} maxLength={200} onChange={({ target }) => change({ name: target.value })} />
        </Field>
        <Field label={t('stage.adaptation.screen.table.setup.outcome')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            value={setup.outcomeColumn === '' ? null : setup.outcomeColumn}
            options={options}
            onChange={(outcomeColumn) => {
              const chosen = columns.find(({ columnId }) => columnId === outcomeColumn);
              change({
                outcomeColumn,
                eventValue: chosen === undefined ? '' : rarerValue(chosen),
                columns: columnChoices({ ...setup, outcomeColumn }, columns),
              });
            }}
            data-testid="adaptation-tables-outcome"
          />
        </Field>
        <Field label={t('stage.adaptation.screen.table.setup.event')}>
          <Select
            value={setup.eventValue === '' ? null : setup.eventValue}
            options={(outcome?.top ?? []).map(({ value, rows }) => ({
              value,
              label: t('stage.adaptation.screen.form.value', { value, rows }),
            }))}
            onChange={(eventValue) => change({ eventValue })}
            data-testid="adaptation-tables-event"
          />
        </Field>
        {number(
          'missed',
          costs.missed,
          (missed) => change({ costs: { ...costs, missed } }),
          { min: 0.001, max: 1e9 },
          costHint,
        )}
        {number(
          'falseAlarm',
          costs.falseAlarm,
          (falseAlarm) => change({ costs: { ...costs, falseAlarm } }),
          { min: 0.001, max: 1e9 },
          costHint,
        )}
        <Field label={t('stage.adaptation.screen.table.setup.group')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            value={setup.groupColumn ?? ''}
            options={[
              { value: '', label: t('stage.adaptation.screen.table.setup.groupNone') },
              ...options.filter(({ value }) => value !== setup.outcomeColumn),
            ]}
            onChange={(groupColumn) => change({ groupColumn: groupColumn === '' ? null : groupColumn })}
            data-testid="adaptation-tables-group"
          />
        </Field>
      </div>
      <p className="muted small">{costHint}</p>
      <section className="settings-part">
        <h3>{t('stage.adaptation.screen.table.setup.models')}</h3>
        {TABLE_MODELS.map((model) => (
          <p key={model}>
            <Checkbox
              checked={setup.models.includes(model)}
              onChange={({ target }) =>
                change({
                  models: TABLE_MODELS.filter((other) =>
                    other === model ? target.checked : setup.models.includes(other),
                  ),
                })
              }
              data-testid={`adaptation-tables-use-${model}`}
            >
              {t(`stage.adaptation.screen.table.model.${model}`)}{' '}
              <span className="muted small">{t(`stage.adaptation.screen.table.modelHint.${model}`)}</span>
            </Checkbox>
          </p>
        ))}
      </section>
      <ColumnsTable setup={setup} columns={columns} onChange={(choices) => change({ columns: choices })} />
      <details className="settings-part">
        <summary>{t('stage.adaptation.screen.table.setup.more')}</summary>
        <div className="form-grid">
          {number(
            'folds',
            setup.folds,
            (folds) => change({ folds }),
            { min: 2, max: MOST_PARTS, precision: 0 },
            foldsHint,
          )}
          {number(
            'repeats',
            setup.repeats,
            (repeats) => change({ repeats }),
            { min: 1, max: MOST_PARTS, precision: 0 },
            foldsHint,
          )}
          {number(
            'baseScore',
            scale.baseScore,
            (baseScore) => change({ scale: { ...scale, baseScore } }),
            { min: 0, max: 10_000 },
            scaleHint,
          )}
          {number(
            'baseOdds',
            scale.baseOdds,
            (baseOdds) => change({ scale: { ...scale, baseOdds } }),
            { min: 0.001, max: 1_000_000 },
            scaleHint,
          )}
          {number(
            'pointsToDouble',
            scale.pointsToDouble,
            (pointsToDouble) => change({ scale: { ...scale, pointsToDouble } }),
            { min: 1, max: 1000 },
            scaleHint,
          )}
        </div>
        <p className="muted small">
          {foldsHint} {scaleHint}
        </p>
      </details>
    </Card>
  );
}
