import { InputNumber, Select } from 'antd';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import type { Dataset } from '../../../components/use-datasets.ts';
import { chooseDrivers, useDemand } from '../store.ts';
import type { SurveyColumns } from './survey-columns.ts';

interface Props {
  readonly surveys: readonly Dataset[];
  readonly survey: Dataset;
  readonly columns: SurveyColumns;
}

/** What is explained by what: survey, outcome, items, resamples, seed. */
export function DriverSetup({ surveys, survey, columns }: Props) {
  const t = useT();
  const { resamples, seed } = useDemand();
  const named = (list: SurveyColumns['items']) => list.map(({ id, name }) => ({ value: id, label: name || id }));
  return (
    <Card title={t('stage.demand.screen.drivers.setup')} testId="demand-drivers-setup">
      <div className="fields">
        <div className="field">
          <span className="reading-label">{t('stage.demand.screen.drivers.survey')}</span>
          <Select
            size="small"
            className="fill"
            aria-label={t('stage.demand.screen.drivers.survey')}
            value={survey.id}
            onChange={(id) => useDemand.setState({ survey: id })}
            options={surveys.map(({ id, dataset }) => ({ value: id, label: dataset.name }))}
            data-testid="demand-drivers-survey"
          />
        </div>
        <div className="field">
          <span className="reading-label">{t('stage.demand.screen.drivers.outcome')}</span>
          <Select
            size="small"
            className="fill"
            showSearch
            optionFilterProp="label"
            aria-label={t('stage.demand.screen.drivers.outcome')}
            value={columns.outcome}
            onChange={(outcome) =>
              chooseDrivers(survey.id, { outcome, items: columns.chosenItems.filter((id) => id !== outcome) })
            }
            options={named(columns.outcomes)}
            data-testid="demand-drivers-outcome"
          />
        </div>
        <div className="field">
          <span className="reading-label">{t('stage.demand.screen.resamples')}</span>
          <InputNumber
            size="small"
            min={100}
            max={10000}
            step={100}
            precision={0}
            value={resamples}
            aria-label={t('stage.demand.screen.resamples')}
            onChange={(value) => value !== null && useDemand.setState({ resamples: value })}
          />
        </div>
        <div className="field">
          <span className="reading-label">{t('stage.demand.screen.seed')}</span>
          <InputNumber
            size="small"
            min={0}
            max={4294967295}
            precision={0}
            value={seed}
            aria-label={t('stage.demand.screen.seed')}
            onChange={(value) => value !== null && useDemand.setState({ seed: value })}
          />
        </div>
        <div className="field field-wide">
          <span className="reading-label">
            {t('stage.demand.screen.drivers.items', { count: columns.chosenItems.length })}
          </span>
          <Select
            mode="multiple"
            size="small"
            className="fill"
            optionFilterProp="label"
            aria-label={t('stage.demand.screen.drivers.items', { count: columns.chosenItems.length })}
            value={[...columns.chosenItems]}
            onChange={(items) => chooseDrivers(survey.id, { outcome: columns.outcome, items })}
            options={named(columns.items)}
            data-testid="demand-drivers-items"
          />
        </div>
      </div>
    </Card>
  );
}
