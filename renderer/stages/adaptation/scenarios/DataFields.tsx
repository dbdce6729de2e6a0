import { Select } from 'antd';
import type { Scenario } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { type Dataset, valueColumns } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';

interface Props {
  readonly data: Scenario['data'];
  readonly datasets: readonly Dataset[];
  readonly onChange: (data: Scenario['data']) => void;
}

/** Dataset, column of the classes, and which rows. */
export function DataFields({ data, datasets, onChange }: Props) {
  const t = useT();
  const cleaned = datasets.filter(({ clean }) => clean !== null);
  const dataset = cleaned.find(({ id }) => id === data.datasetId);
  const columns = valueColumns(dataset).map(({ id, name }) => ({ value: id, label: name }));
  const { filter } = data;
  const values = useView(
    'adaptation.columnValues',
    filter === null || dataset === undefined ? null : { datasetId: dataset.id, columnId: filter.columnId },
    [`demand.clean:${data.datasetId}`],
  );
  return (
    <section className="settings-part">
      <h3>{t('stage.adaptation.screen.form.data')}</h3>
      <p className="muted">{t('stage.adaptation.screen.form.dataHint')}</p>
      <div className="form-grid">
        <Field label={t('stage.adaptation.screen.form.dataset')}>
          <Select
            value={dataset === undefined ? null : data.datasetId}
            placeholder={t('stage.adaptation.screen.form.datasetNone')}
            options={cleaned.map(({ id, dataset: { name } }) => ({ value: id, label: name }))}
            onChange={(datasetId) => onChange({ datasetId, labelColumn: '', filter: null })}
            data-testid="adaptation-form-dataset"
          />
        </Field>
        <Field label={t('stage.adaptation.screen.form.labelColumn')}>
          <Select
            value={data.labelColumn === '' && data.corrected === undefined ? null : data.labelColumn}
            options={
              data.corrected === undefined
                ? columns
                : [{ value: '', label: t('stage.adaptation.screen.form.correctedAlone') }, ...columns]
            }
            onChange={(labelColumn) => onChange({ ...data, labelColumn })}
            data-testid="adaptation-form-label-column"
          />
        </Field>
        <Field label={t('stage.adaptation.screen.form.filterColumn')}>
          <Select
            value={filter?.columnId ?? ''}
            options={[
              { value: '', label: t('stage.adaptation.screen.form.filterAll') },
              ...columns.filter(({ value }) => value !== data.labelColumn),
            ]}
            onChange={(columnId) => onChange({ ...data, filter: columnId === '' ? null : { columnId, values: [] } })}
          />
        </Field>
        {filter !== null && (
          <Field label={t('stage.adaptation.screen.form.filterValues')}>
            <Select
              mode="multiple"
              value={[...filter.values]}
              options={(values.value?.values ?? []).map(({ value, rows }) => ({
                value,
                label: t('stage.adaptation.screen.form.value', { value, rows }),
              }))}
              onChange={(chosen: string[]) => onChange({ ...data, filter: { ...filter, values: chosen } })}
            />
          </Field>
        )}
      </div>
      {data.corrected !== undefined && <p className="muted">{t('stage.adaptation.screen.form.correctedHint')}</p>}
    </section>
  );
}
