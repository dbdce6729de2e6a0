import type { Output } from '../../shared/contract/index.ts';
import { useView, type ViewState } from './use-view.ts';

export type Dataset = Output<'demand.datasets'>[number];

/** All datasets with their roles and cleaning, kept up to date. */
export function useDatasets(): ViewState<readonly Dataset[]> {
  return useView('demand.datasets', {}, ['demand.dataset', 'demand.roles', 'demand.clean']);
}

/** The name of a column; the id where the column is gone or its header is empty. */
export function columnName(datasets: readonly Dataset[], datasetId: string, columnId: string): string {
  const column = datasets.find(({ id }) => id === datasetId)?.columns.find(({ id }) => id === columnId);
  return column === undefined || column.name === '' ? columnId : column.name;
}

/** Columns whose values can be classes or a filter, by name; by id where the header is empty. */
export function valueColumns(dataset: Dataset | undefined): readonly { readonly id: string; readonly name: string }[] {
  return (dataset?.columns ?? [])
    .filter(({ role }) => role === 'label' || role === 'segment' || role === 'choice')
    .map(({ id, name }) => ({ id, name: name === '' ? id : name }));
}
