import { useView } from '../../components/use-view.ts';

export interface ProjectModelOption {
  readonly id: string;
  readonly name: string;
}

/** Runs, adapted models, compressed ones. */
const ORDER = 'RAC';

/** Every model of the project that can label texts, newest of a kind first. */
export function useProjectModels(): readonly ProjectModelOption[] | undefined {
  const runs = useView('competitiveness.runs', {}, ['competitiveness.run', 'competitiveness.split']);
  const adapted = useView('adaptation.models', {}, ['adaptation.model']);
  if (runs.value === undefined) return undefined;
  return [...(adapted.value ?? []), ...runs.value]
    .map(({ result: { id, name } }) => ({ id, name }))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.id[0] ?? '') - ORDER.indexOf(b.id[0] ?? '') ||
        b.id.localeCompare(a.id, 'en', { numeric: true }),
    );
}

/** Models that can be trained on: runs and adapted models, newest of a kind first. */
export function useTrainableModels(): readonly ProjectModelOption[] | undefined {
  const adapted = useView('adaptation.models', {}, ['adaptation.model']);
  const untrained = new Set(
    (adapted.value ?? []).flatMap(({ result: { id, config } }) => (config === null ? [id] : [])),
  );
  return useProjectModels()?.filter(({ id }) => !id.startsWith('C') && !untrained.has(id));
}
