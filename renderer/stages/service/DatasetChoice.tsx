import { Segmented, Select } from 'antd';
import { useT } from '../../app/language.ts';
import type { Dataset } from '../../components/use-datasets.ts';

const MOST_SEGMENTS = 4;

interface Props {
  readonly datasets: readonly Dataset[];
  readonly chosen: string;
  readonly onChoose: (datasetId: string) => void;
  readonly testId: string;
}

/** Which dataset a step is about; nothing to choose where there is one. */
export function DatasetChoice({ datasets, chosen, onChoose, testId }: Props) {
  const t = useT();
  if (datasets.length < 2) return null;
  const options = datasets.map(({ id, dataset: { name } }) => ({ value: id, label: name }));
  const label = t('stage.service.screen.rounds.datasets');
  return datasets.length <= MOST_SEGMENTS ? (
    <Segmented
      className="dataset-choice"
      value={chosen}
      options={options}
      aria-label={label}
      onChange={onChoose}
      data-testid={testId}
    />
  ) : (
    <Select
      className="form-wide"
      value={chosen}
      options={options}
      aria-label={label}
      onChange={onChoose}
      data-testid={testId}
    />
  );
}
