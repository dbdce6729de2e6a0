import { useView } from '../../components/use-view.ts';

export interface ProjectModelOption {
  readonly id: string;
  readonly name: string;
}

/** Every model of the project that can label texts: those adapted to a scenario first, newest first. */
export function useProjectModels(): readonly ProjectModelOption[] | undefined {
  const runs = useView('competitiveness.runs', {}, ['competitiveness.run', 'competitiveness.split']);
  const adapted = useView('adaptation.models', {}, ['adaptation.model']);
  if (runs.value === undefined) return undefined;
  return [...(adapted.value ?? []), ...runs.value]
    .map(({ result: { id, name } }) => ({ id, name }))
    .sort(
      (a, b) =>
        'ARC'.indexOf(a.id[0] ?? '') - 'ARC'.indexOf(b.id[0] ?? '') ||
        b.id.localeCompare(a.id, 'en', { numeric: true }),
    );
}
