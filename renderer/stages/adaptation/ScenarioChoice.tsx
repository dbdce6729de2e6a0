import { Segmented, Select } from 'antd';
import { useT } from '../../app/language.ts';
import { useAdaptation } from './store.ts';
import type { ScenarioView } from './use-results.ts';

const MOST_SEGMENTS = 4;

/** Which scenario a step is about. */
export function ScenarioChoice({
  views,
  chosen,
}: {
  readonly views: readonly ScenarioView[];
  readonly chosen: string;
}) {
  const t = useT();
  const options = views.map(({ result: { id, scenario } }) => ({ value: id, label: `${id} ${scenario.name}` }));
  const choose = (scenarioId: string) => useAdaptation.setState({ scenarioId });
  const label = t('stage.adaptation.screen.tests.scenario');
  return options.length <= MOST_SEGMENTS ? (
    <Segmented
      value={chosen}
      options={options}
      aria-label={label}
      onChange={choose}
      data-testid="adaptation-scenario-choice"
    />
  ) : (
    <Select
      className="form-wide"
      value={chosen}
      options={options}
      aria-label={label}
      onChange={choose}
      data-testid="adaptation-scenario-choice"
    />
  );
}

/** The scenario chosen, else the first. */
export function chosenScenario(views: readonly ScenarioView[], id: string | null): ScenarioView | undefined {
  return views.find(({ result }) => result.id === id) ?? views[0];
}
